import { AuthPage } from "@metrica/ui/auth-page.tsx";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { Link } from "@tanstack/react-router";

const sentences: Record<string, string> = {
  otp_expired:
    "The link has expired or was already used. Some mail programs open links to check them, which uses them up.",
  incomplete: "A part of the link is missing.",
  user_banned: "This account is locked. Ask your administrator.",
};

/** The page for a link that the sign-in service refused. */
export function LinkErrorPage({ code }: { code: string }) {
  return (
    <AuthPage description="You can get a new one." title="This link does not work">
      <div className="grid gap-4">
        <Alert data-testid="link-error" variant="destructive">
          <AlertDescription>
            {sentences[code] ?? `The sign-in service refused the link (${code}).`}
          </AlertDescription>
        </Alert>
        <p className="text-sm">
          A new link for a password also completes an invitation. Use the email address that received this
          one.
        </p>
        <Link className={buttonVariants({ className: "w-full" })} to="/forgotten">
          Get a new link
        </Link>
        <Link
          className="justify-self-center rounded text-[13px] text-muted-foreground hover:text-foreground"
          to="/sign-in"
        >
          Back to sign in
        </Link>
      </div>
    </AuthPage>
  );
}
