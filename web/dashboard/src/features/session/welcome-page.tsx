import { AuthPage } from "@metrica/ui/auth-page.tsx";
import { Button } from "@metrica/ui/button.tsx";
import { Field } from "@metrica/ui/field.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { useServices } from "#shared/services.ts";
import { minPasswordLength, type PasswordErrors, validatePassword } from "./password.ts";

const route = getRouteApi("/welcome");

/**
 * The page of the links in invitation and recovery emails. The token is used on a click only, because mail scanners open links.
 * Then the user chooses a password for the next sign-in.
 */
export function WelcomePage() {
  useDocumentTitle("Welcome");
  const { token_hash, type } = route.useSearch();
  const { session } = useServices();
  const verify = useMutation({ mutationFn: (token: string) => session.verifyLink(token, type) });

  if (token_hash === undefined) {
    return (
      <AuthPage description="The token at the end of the link is missing." title="Incomplete link">
        <p className="text-sm">
          Open the link in the email again, or{" "}
          <Link className="text-accent underline underline-offset-2" to="/sign-in">
            sign in
          </Link>{" "}
          if you already have a password.
        </p>
      </AuthPage>
    );
  }
  if (verify.data !== undefined) return <PasswordForm email={verify.data.email} />;
  return (
    <AuthPage
      description={
        type === "recovery"
          ? "Continue to choose a new password."
          : "You have been invited to view the data of a store."
      }
      title={type === "recovery" ? "Reset your password" : "Welcome to Metrica"}
    >
      <div className="grid gap-4">
        {verify.error !== null && (
          <Notice testId="welcome-error" tone="critical">
            {verify.error.message}
          </Notice>
        )}
        <Button
          busy={verify.isPending}
          className="w-full"
          data-testid="welcome-accept"
          variant="primary"
          onClick={() => verify.mutate(token_hash)}
        >
          {type === "recovery" ? "Continue" : "Accept invitation"}
        </Button>
      </div>
    </AuthPage>
  );
}

function PasswordForm({ email }: { email: string }) {
  const { session } = useServices();
  const navigate = useNavigate();
  const [errors, setErrors] = useState<PasswordErrors>({});
  const save = useMutation({
    mutationFn: (password: string) => session.setPassword(password),
    onSuccess: () => navigate({ to: "/" }),
  });

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const password = String(fields.get("password"));
    const newErrors = validatePassword(password, String(fields.get("confirmation")));
    setErrors(newErrors);
    if (Object.keys(newErrors).length === 0) save.mutate(password);
  }

  return (
    <AuthPage description={`You sign in as ${email} with this password.`} title="Choose a password">
      <form className="grid gap-4" onSubmit={submit}>
        <input autoComplete="username" hidden readOnly value={email} />
        <Field
          autoComplete="new-password"
          data-testid="welcome-password"
          error={errors.password}
          hint={`At least ${minPasswordLength} characters.`}
          label="Password"
          name="password"
          required
          type="password"
        />
        <Field
          autoComplete="new-password"
          data-testid="welcome-password-confirmation"
          error={errors.confirmation}
          label="Confirm password"
          name="confirmation"
          required
          type="password"
        />
        {save.error !== null && <Notice tone="critical">{save.error.message}</Notice>}
        <Button
          busy={save.isPending}
          className="w-full"
          data-testid="welcome-save"
          variant="primary"
          type="submit"
        >
          Save and continue
        </Button>
      </form>
    </AuthPage>
  );
}
