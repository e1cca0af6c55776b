import { Button } from "@metrica/ui/button.tsx";
import { Field } from "@metrica/ui/field.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import type { SubmitEvent } from "react";
import { useServices } from "#shared/services.tsx";
import { useTitle } from "#shared/use-title.ts";
import { AuthPage } from "./auth-page.tsx";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  useTitle("Sign in");
  const { session } = useServices();
  const router = useRouter();
  const { next } = route.useSearch();
  const signIn = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => session.signIn(email, password),
    onSuccess: () => router.history.push(next ?? "/"),
  });

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    signIn.mutate({ email: String(fields.get("email")).trim(), password: String(fields.get("password")) });
  }

  return (
    <AuthPage lead="With the address that your invitation was sent to." title="Sign in">
      <form className="grid gap-4" data-testid="sign-in-form" onSubmit={submit}>
        <Field
          autoComplete="username"
          data-testid="sign-in-email"
          label="E-mail"
          name="email"
          required
          type="email"
        />
        <Field
          autoComplete="current-password"
          data-testid="sign-in-password"
          label="Password"
          name="password"
          required
          type="password"
        />
        {signIn.error !== null && (
          <Notice testId="sign-in-error" tone="critical">
            {signIn.error.message}
          </Notice>
        )}
        <Button
          busy={signIn.isPending}
          className="mt-1 w-full"
          data-testid="sign-in-submit"
          look="primary"
          type="submit"
        >
          {signIn.isPending ? "Signing in…" : "Sign in"}
        </Button>
      </form>
    </AuthPage>
  );
}
