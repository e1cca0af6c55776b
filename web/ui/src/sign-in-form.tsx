import type { SubmitEvent } from "react";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";
import { Notice } from "./notice.tsx";

interface SignInFormProps {
  onSignIn: (email: string, password: string) => void;
  busy: boolean;
  error: Error | null;
}

export function SignInForm({ onSignIn, busy, error }: SignInFormProps) {
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    onSignIn(String(fields.get("email")).trim(), String(fields.get("password")));
  }

  return (
    <form className="grid gap-4" data-testid="sign-in-form" onSubmit={submit}>
      <Field
        autoComplete="username"
        data-testid="sign-in-email"
        label="Email"
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
      {error !== null && (
        <Notice testId="sign-in-error" tone="critical">
          {error.message}
        </Notice>
      )}
      <Button
        busy={busy}
        className="mt-1 w-full"
        data-testid="sign-in-submit"
        variant="primary"
        type="submit"
      >
        {busy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
