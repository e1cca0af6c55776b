import { t } from "@lingui/core/macro";
import { useForm } from "react-hook-form";
import { Alert, AlertDescription } from "./components/ui/alert.tsx";
import { Button } from "./components/ui/button.tsx";
import { FieldGroup } from "./components/ui/field.tsx";
import { errorText } from "./error-text.ts";
import { InputField } from "./form/input-field.tsx";
import { lazyResolver } from "./form/lazy-resolver.ts";

const resolver = lazyResolver(() => import("./sign-in-schema.ts").then((module) => module.signInResolver));

interface SignInFormProps {
  onSignIn: (email: string, password: string) => void;
  busy: boolean;
  error: Error | null;
}

export function SignInForm({ onSignIn, busy, error }: SignInFormProps) {
  const { control, formState, handleSubmit } = useForm({
    resolver,
    defaultValues: { email: "", password: "" },
  });

  const shownError = formState.errors.root?.message ?? (error === null ? undefined : errorText(error));
  return (
    <form
      data-testid="sign-in-form"
      noValidate
      onSubmit={handleSubmit(({ email, password }) => onSignIn(email, password))}
    >
      <FieldGroup>
        <InputField
          autoComplete="username"
          control={control}
          data-testid="sign-in-email"
          label={t`Email`}
          name="email"
          type="email"
        />
        <InputField
          autoComplete="current-password"
          control={control}
          data-testid="sign-in-password"
          label={t`Password`}
          name="password"
          type="password"
        />
        {shownError !== undefined && (
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
