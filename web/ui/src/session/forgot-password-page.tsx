import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Session } from "@metrica/client/session/session.ts";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { AuthPage } from "../auth-page.tsx";
import { Alert, AlertDescription } from "../components/ui/alert.tsx";
import { Button } from "../components/ui/button.tsx";
import { errorText } from "../error-text.ts";
import { InputField } from "../form/input-field.tsx";
import { emailText } from "../form/rules.ts";
import { useDocumentTitle } from "../use-document-title.ts";

interface ForgotPasswordPageProps {
  session: Pick<Session, "sendPasswordReset">;
  /** The word after the name of the product, for an app that has one. */
  suffix?: string | undefined;
}

const schema = z.object({ email: emailText });

/** Sends an email with a link to choose a new password. */
export function ForgotPasswordPage({ session, suffix }: ForgotPasswordPageProps) {
  useDocumentTitle(t`Reset password`);
  const send = useMutation({
    mutationFn: (email: string) => session.sendPasswordReset(email, `${window.location.origin}/welcome`),
  });

  const { control, handleSubmit } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: { email: "" },
  });

  const email = send.variables;
  return (
    <AuthPage
      description={t`We email you a link to choose a new password.`}
      suffix={suffix}
      title={t`Reset your password`}
    >
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
