import { AuthPage } from "@metrica/ui/auth-page.tsx";
import { Button } from "@metrica/ui/button.tsx";
import { Field } from "@metrica/ui/field.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { useTitle } from "@metrica/ui/use-title.ts";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { useServices } from "#shared/services.ts";
import { type PasswordProblems, passwordProblems } from "./password.ts";

const route = getRouteApi("/welcome");

/**
 * Where the mail's link lands. The token is only spent on a click: mail scanners open links by themselves. Then comes a
 * password, so that the next visit needs no mail.
 */
export function WelcomePage() {
  useTitle("Welcome");
  const { token_hash, type } = route.useSearch();
  const { session } = useServices();
  const accept = useMutation({ mutationFn: (token: string) => session.acceptLink(token, type) });

  if (token_hash === undefined) {
    return (
      <AuthPage
        lead="The address lacks the part that the mail's link ends with."
        title="This link is not complete"
      >
        <p className="text-sm">
          Open the link of the mail as a whole, or{" "}
          <Link className="text-accent underline underline-offset-2" to="/sign-in">
            sign in
          </Link>{" "}
          if you have a password already.
        </p>
      </AuthPage>
    );
  }
  if (accept.data !== undefined) return <PasswordForm email={accept.data.email} />;
  return (
    <AuthPage
      lead={
        type === "recovery"
          ? "You can choose a new password now."
          : "You have been invited to see a store's numbers."
      }
      title="Welcome to Metrica"
    >
      <div className="grid gap-4">
        {accept.error !== null && (
          <Notice testId="welcome-error" tone="critical">
            {accept.error.message}
          </Notice>
        )}
        <Button
          busy={accept.isPending}
          className="w-full"
          data-testid="welcome-accept"
          look="primary"
          onClick={() => accept.mutate(token_hash)}
        >
          {type === "recovery" ? "Go on" : "Accept the invitation"}
        </Button>
      </div>
    </AuthPage>
  );
}

function PasswordForm({ email }: { email: string }) {
  const { session } = useServices();
  const navigate = useNavigate();
  const [problems, setProblems] = useState<PasswordProblems>({});
  const save = useMutation({
    mutationFn: (password: string) => session.setPassword(password),
    onSuccess: () => navigate({ to: "/" }),
  });

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const password = String(fields.get("password"));
    const found = passwordProblems(password, String(fields.get("again")));
    setProblems(found);
    if (Object.keys(found).length === 0) save.mutate(password);
  }

  return (
    <AuthPage lead={`For ${email}. It is what you sign in with from now on.`} title="Choose a password">
      <form className="grid gap-4" onSubmit={submit}>
        <input autoComplete="username" hidden readOnly value={email} />
        <Field
          autoComplete="new-password"
          data-testid="welcome-password"
          error={problems.password}
          hint="At least 12 characters."
          label="Password"
          name="password"
          required
          type="password"
        />
        <Field
          autoComplete="new-password"
          data-testid="welcome-password-again"
          error={problems.again}
          label="Once more"
          name="again"
          required
          type="password"
        />
        {save.error !== null && <Notice tone="critical">{save.error.message}</Notice>}
        <Button
          busy={save.isPending}
          className="w-full"
          data-testid="welcome-save"
          look="primary"
          type="submit"
        >
          Save and go on
        </Button>
      </form>
    </AuthPage>
  );
}
