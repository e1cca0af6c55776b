import { t } from "@lingui/core/macro";
import { Link } from "@tanstack/react-router";
import { AuthPage } from "../auth-page.tsx";
import { Alert, AlertDescription } from "../components/ui/alert.tsx";
import { buttonVariants } from "../components/ui/button.tsx";

/** Returns the sentence about the code of an error of the sign-in service. */
function sentenceOf(code: string): string {
  switch (code) {
    case "otp_expired":
      return t`The link has expired or was already used. Some mail programs open links to check them, which uses them up.`;
    case "incomplete":
      return t`A part of the link is missing.`;
    case "user_banned":
      return t`This account is locked. Ask your administrator.`;
    default:
      return t`The sign-in service refused the link (${code}).`;
  }
}

/** The page for a link that the sign-in service refused. */
export function LinkErrorPage({ code, suffix }: { code: string; suffix?: string | undefined }) {
  return (
    <AuthPage description={t`You can get a new one.`} suffix={suffix} title={t`This link does not work`}>
      <div className="grid gap-4">
        <Alert data-testid="link-error" variant="destructive">
          <AlertDescription>{sentenceOf(code)}</AlertDescription>
        </Alert>
        <p className="text-sm">{t`A new link for a password also completes an invitation. Use the email address that received this one.`}</p>
        <Link className={buttonVariants({ className: "w-full" })} to="/forgotten">{t`Get a new link`}</Link>
        <Link
          className="justify-self-center rounded text-[13px] text-muted-foreground hover:text-foreground"
          to="/sign-in"
        >{t`Back to sign in`}</Link>
      </div>
    </AuthPage>
  );
}
