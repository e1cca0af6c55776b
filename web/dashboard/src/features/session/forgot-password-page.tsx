import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { AuthPage } from "@metrica/ui/auth-page.tsx";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorText } from "@metrica/ui/error-text.ts";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { emailText } from "@metrica/ui/form/rules.ts";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { useServices } from "#shared/services.ts";

const schema = z.object({ email: emailText });

/** Sends an email with a link to choose a new password. */
export function ForgotPasswordPage() {
  useDocumentTitle(t`Reset password`);
  const { session } = useServices();
  const send = useMutation({
    mutationFn: (email: string) => session.sendPasswordReset(email, `${window.location.origin}/welcome`),
  });

  const { control, handleSubmit } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: { email: "" },
  });

  const email = send.variables;
  return (
    <AuthPage description={t`We email you a link to choose a new password.`} title={t`Reset your password`}>
      <form className="grid gap-4" noValidate onSubmit={handleSubmit(({ email }) => send.mutate(email))}>
        <InputField
          autoComplete="username"
          control={control}
          data-testid="forgot-password-email"
          label={t`Email`}
          name="email"
          type="email"
        />
        {send.error !== null && (
          <Alert variant="destructive">
            <AlertDescription>{errorText(send.error)}</AlertDescription>
          </Alert>
        )}
        {send.isSuccess && (
          <Alert data-testid="forgot-password-sent" variant="success">
            <AlertDescription>
              <Trans>If {email} has an account, an email is on its way.</Trans>
            </AlertDescription>
          </Alert>
        )}
        <Button
          disabled={send.isPending}
          className="mt-1 w-full"
          data-testid="forgot-password-send"
          type="submit"
        >
          <Trans>Send link</Trans>
        </Button>
        <Link
          className="justify-self-center rounded text-[13px] text-muted-foreground hover:text-foreground"
          to="/sign-in"
        >
          <Trans>Back to sign in</Trans>
        </Link>
      </form>
    </AuthPage>
  );
}
