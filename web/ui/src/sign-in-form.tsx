import { t } from "@lingui/core/macro";
import { type ComponentProps, type FormEvent, useId, useState } from "react";
import { Alert, AlertDescription } from "./components/ui/alert.tsx";
import { Button } from "./components/ui/button.tsx";
import { Field, FieldError, FieldGroup, FieldLabel } from "./components/ui/field.tsx";
import { Input } from "./components/ui/input.tsx";
import { errorText } from "./error-text.ts";
import type { SignInErrors } from "./sign-in-schema.ts";

interface SignInFormProps {
  onSignIn: (email: string, password: string) => void;
  busy: boolean;
  error: Error | null;
}

/**
 * The form of the sign-in page. It has two fields and is on the page that everybody loads first, so it does not use react-hook-form. Its
 * rules load with the first submission.
 */
export function SignInForm({ onSignIn, busy, error }: SignInFormProps) {
  const [errors, setErrors] = useState<SignInErrors>({});
  const [loadFailed, setLoadFailed] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const rules = await import("./sign-in-schema.ts").catch(() => null);
    setLoadFailed(rules === null);
    if (rules === null) return;
    const result = rules.parseSignIn(Object.fromEntries(new FormData(form)));
    if ("data" in result) {
      setErrors({});
      return onSignIn(result.data.email, result.data.password);
    }
    setErrors(result.errors);
    const invalid = form.elements.namedItem(result.errors.email === undefined ? "password" : "email");
    if (invalid instanceof HTMLElement) invalid.focus();
  }

  const shownError = loadFailed
    ? t`The form could not be loaded. Check the connection and reload the page.`
    : error && errorText(error);
  return (
    <form data-testid="sign-in-form" noValidate onSubmit={(event) => void submit(event)}>
      <FieldGroup>
        <SignInField
          autoComplete="username"
          data-testid="sign-in-email"
          error={errors.email}
          label={t`Email`}
          name="email"
          onChange={() => setErrors(({ password }) => (password === undefined ? {} : { password }))}
          type="email"
        />
        <SignInField
          autoComplete="current-password"
          data-testid="sign-in-password"
          error={errors.password}
          label={t`Password`}
          name="password"
          onChange={() => setErrors(({ email }) => (email === undefined ? {} : { email }))}
          type="password"
        />
        {shownError !== null && (
          <Alert data-testid="sign-in-error" variant="destructive">
            <AlertDescription>{shownError}</AlertDescription>
          </Alert>
        )}
        <Button className="mt-1 w-full" data-testid="sign-in-submit" disabled={busy} type="submit">
          {busy ? t`Signing in…` : t`Sign in`}
        </Button>
      </FieldGroup>
    </form>
  );
}

/** An input with its label and its error. */
function SignInField({
  label,
  error,
  ...props
}: ComponentProps<"input"> & { label: string; error: string | undefined }) {
  const id = useId();
  const invalid = error !== undefined;
  return (
    <Field data-invalid={invalid}>
      <FieldLabel htmlFor={id}>{label}</FieldLabel>
      <Input
        {...props}
        aria-describedby={invalid ? `${id}-note` : undefined}
        aria-invalid={invalid}
        id={id}
      />
      {invalid && <FieldError id={`${id}-note`}>{error}</FieldError>}
    </Field>
  );
}
