import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { AuthPage } from "@metrica/ui/auth-page.tsx";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { FieldGroup } from "@metrica/ui/components/ui/field.tsx";
import { errorText } from "@metrica/ui/error-text.ts";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import { useServices } from "#shared/services.ts";
import { minPasswordLength, newPassword } from "./password.ts";

const route = getRouteApi("/welcome");

/**
 * The page of the links in invitation and recovery emails. The token is used on a click only, because mail scanners open links.
 * Then the user chooses a password for the next sign-in.
 */
export function WelcomePage() {
  useDocumentTitle(t`Welcome`);
  const { token_hash, type } = route.useSearch();
  const { session } = useServices();
  const verify = useMutation({ mutationFn: (token: string) => session.verifyLink(token, type) });

  if (token_hash === undefined) {
    return (
      <AuthPage description={t`The token at the end of the link is missing.`} title={t`Incomplete link`}>
        <p className="text-sm">
          <Trans>
            Open the link in the email again, or{" "}
            <Link className="text-primary underline underline-offset-2" to="/sign-in">
              sign in
            </Link>{" "}
            if you already have a password.
          </Trans>
        </p>
      </AuthPage>
    );
  }
  if (verify.data !== undefined) return <PasswordForm email={verify.data.email} />;
  return (
    <AuthPage
      description={
        type === "recovery"
          ? t`Continue to choose a new password.`
          : t`You have been invited to view the data of a store.`
      }
      title={type === "recovery" ? t`Reset your password` : t`Welcome to Metrica`}
    >
      <div className="grid gap-4">
        {verify.error !== null && (
          <Alert data-testid="welcome-error" variant="destructive">
            <AlertDescription>{errorText(verify.error)}</AlertDescription>
          </Alert>
        )}
        <Button
          type="button"
          disabled={verify.isPending}
          className="w-full"
          data-testid="welcome-accept"
          onClick={() => verify.mutate(token_hash)}
        >
          {type === "recovery" ? t`Continue` : t`Accept invitation`}
        </Button>
      </div>
    </AuthPage>
  );
}

function PasswordForm({ email }: { email: string }) {
  const { session } = useServices();
  const navigate = useNavigate();
  const { control, handleSubmit } = useForm({
    resolver: standardSchemaResolver(newPassword),
    defaultValues: { password: "", confirmation: "" },
  });
  const save = useMutation({
    mutationFn: (password: string) => session.setPassword(password),
    onSuccess: () => navigate({ to: "/" }),
  });

  return (
    <AuthPage description={t`You sign in as ${email} with this password.`} title={t`Choose a password`}>
      <form noValidate onSubmit={handleSubmit(({ password }) => save.mutate(password))}>
        <FieldGroup>
          <input autoComplete="username" hidden readOnly value={email} />
          <InputField
            autoComplete="new-password"
            control={control}
            data-testid="welcome-password"
            description={t`At least ${minPasswordLength} characters.`}
            label={t`Password`}
            name="password"
            type="password"
          />
          <InputField
            autoComplete="new-password"
            control={control}
            data-testid="welcome-password-confirmation"
            label={t`Confirm password`}
            name="confirmation"
            type="password"
          />
          {save.error !== null && (
            <Alert variant="destructive">
              <AlertDescription>{errorText(save.error)}</AlertDescription>
            </Alert>
          )}
          <Button className="w-full" data-testid="welcome-save" disabled={save.isPending} type="submit">
            <Trans>Save and continue</Trans>
          </Button>
        </FieldGroup>
      </form>
    </AuthPage>
  );
}
