import { AuthPage } from "@metrica/ui/auth-page.tsx";
import { Button } from "@metrica/ui/button.tsx";
import { Field } from "@metrica/ui/field.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { SubmitEvent } from "react";
import { useServices } from "#shared/services.ts";

/** Sends an email with a link to choose a new password. */
export function ForgotPasswordPage() {
  useDocumentTitle("Reset password");
  const { session } = useServices();
  const send = useMutation({
    mutationFn: (email: string) => session.sendPasswordReset(email, `${window.location.origin}/welcome`),
  });

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    send.mutate(String(new FormData(event.currentTarget).get("email")).trim());
  }

  return (
    <AuthPage description="We email you a link to choose a new password." title="Reset your password">
      <form className="grid gap-4" onSubmit={submit}>
        <Field
          autoComplete="username"
          data-testid="forgot-password-email"
          label="Email"
          name="email"
          required
          type="email"
        />
        {send.error !== null && <Notice tone="critical">{send.error.message}</Notice>}
        {send.isSuccess && (
          <Notice testId="forgot-password-sent" tone="positive">
            If {send.variables} has an account, an email is on its way.
          </Notice>
        )}
        <Button
          busy={send.isPending}
          className="mt-1 w-full"
          data-testid="forgot-password-send"
          variant="primary"
          type="submit"
        >
          Send link
        </Button>
        <Link className="justify-self-center rounded text-[13px] text-ink-soft hover:text-ink" to="/sign-in">
          Back to sign in
        </Link>
      </form>
    </AuthPage>
  );
}
