import { AuthPage } from "@metrica/ui/auth-page.tsx";
import { Button } from "@metrica/ui/button.tsx";
import { Field } from "@metrica/ui/field.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { useTitle } from "@metrica/ui/use-title.ts";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { SubmitEvent } from "react";
import { useServices } from "#shared/services.ts";

/** Asks for a mail with a link to a new password. */
export function ForgottenPage() {
  useTitle("Forgotten password");
  const { session } = useServices();
  const send = useMutation({
    mutationFn: (email: string) => session.sendRecovery(email, `${window.location.origin}/welcome`),
  });

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    send.mutate(String(new FormData(event.currentTarget).get("email")).trim());
  }

  return (
    <AuthPage lead="We send you a link with which you can choose a new one." title="Forgotten password">
      <form className="grid gap-4" onSubmit={submit}>
        <Field
          autoComplete="username"
          data-testid="forgotten-email"
          label="E-mail"
          name="email"
          required
          type="email"
        />
        {send.error !== null && <Notice tone="critical">{send.error.message}</Notice>}
        {send.isSuccess && (
          <Notice testId="forgotten-sent" tone="positive">
            If {send.variables} has an account here, a mail is on its way.
          </Notice>
        )}
        <Button
          busy={send.isPending}
          className="mt-1 w-full"
          data-testid="forgotten-send"
          look="primary"
          type="submit"
        >
          Send the link
        </Button>
        <Link className="justify-self-center rounded text-[13px] text-ink-soft hover:text-ink" to="/sign-in">
          Back to sign-in
        </Link>
      </form>
    </AuthPage>
  );
}
