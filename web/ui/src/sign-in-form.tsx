import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { Alert, AlertDescription } from "./components/ui/alert.tsx";
import { Button } from "./components/ui/button.tsx";
import { FieldGroup } from "./components/ui/field.tsx";
import { InputField } from "./form/input-field.tsx";
import { emailText } from "./form/rules.ts";

const schema = z.object({
  email: emailText,
  password: z.string().check(z.minLength(1, "Enter your password.")),
});

interface SignInFormProps {
  onSignIn: (email: string, password: string) => void;
  busy: boolean;
  error: Error | null;
}

export function SignInForm({ onSignIn, busy, error }: SignInFormProps) {
  const { control, handleSubmit } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: { email: "", password: "" },
  });

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
          label="Email"
          name="email"
          type="email"
        />
        <InputField
          autoComplete="current-password"
          control={control}
          data-testid="sign-in-password"
          label="Password"
          name="password"
          type="password"
        />
        {error !== null && (
          <Alert data-testid="sign-in-error" variant="destructive">
            <AlertDescription>{error.message}</AlertDescription>
          </Alert>
        )}
        <Button className="mt-1 w-full" data-testid="sign-in-submit" disabled={busy} type="submit">
          {busy ? "Signing in…" : "Sign in"}
        </Button>
      </FieldGroup>
    </form>
  );
}
