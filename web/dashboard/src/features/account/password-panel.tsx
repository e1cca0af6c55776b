import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { AuthRefusedError } from "@metrica/client/session/auth-service.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorText } from "@metrica/ui/error-text.ts";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { minPasswordLength, newPassword } from "@metrica/ui/session/password.ts";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { useServices } from "#shared/services.ts";

const schema = z.intersection(
  z.object({ current: z.string().check(z.minLength(1, { error: () => t`Enter your current password.` })) }),
  newPassword,
);

const empty = { current: "", password: "", confirmation: "" };

/** The form that changes the password. */
export function PasswordPanel({ email }: { email: string }) {
  const { session } = useServices();
  const form = useForm({ resolver: standardSchemaResolver(schema), defaultValues: empty });
  const change = useMutation({
    mutationFn: ({ current, password }: { current: string; password: string }) =>
      session.changePassword(email, current, password),
    onSuccess: () => form.reset(empty),
    onError: (error) => {
      const field = error instanceof AuthRefusedError ? fieldOf(error) : null;
      if (field !== null) form.setError(field.name, { message: field.message }, { shouldFocus: true });
    },
  });
  const { control } = form;
  const hasField = change.error instanceof AuthRefusedError && fieldOf(change.error) !== null;

  return (
    <Panel description={t`Other browsers are signed out when you change it`} title={t`Password`}>
      <form
        className="grid max-w-sm gap-4"
        noValidate
        onSubmit={form.handleSubmit((values) => change.mutate(values))}
      >
        <input autoComplete="username" hidden readOnly value={email} />
        <InputField
          autoComplete="current-password"
          control={control}
          data-testid="account-current"
          label={t`Current password`}
          name="current"
          type="password"
        />
        <InputField
          autoComplete="new-password"
          control={control}
          data-testid="account-password"
          description={t`At least ${minPasswordLength} characters.`}
          label={t`New password`}
          name="password"
          type="password"
        />
        <InputField
          autoComplete="new-password"
          control={control}
          data-testid="account-confirmation"
          label={t`Confirm new password`}
          name="confirmation"
          type="password"
        />
        {change.error !== null && !hasField && (
          <Alert variant="destructive">
            <AlertDescription>{errorText(change.error)}</AlertDescription>
          </Alert>
        )}
        {change.isSuccess && !form.formState.isDirty && (
          <Alert data-testid="password-changed" variant="success">
            <AlertDescription>{t`The password is changed.`}</AlertDescription>
          </Alert>
        )}
        <Button
          className="justify-self-start"
          data-testid="account-save"
          disabled={change.isPending}
          type="submit"
        >{t`Change password`}</Button>
      </form>
    </Panel>
  );
}

/** Returns the field that an error of the sign-in service is about; null when it is about none. */
function fieldOf(error: AuthRefusedError): { name: "current" | "password"; message: string } | null {
  if (error.code === "invalid_credentials")
    return { name: "current", message: t`This is not your current password.` };
  if (error.code === "weak_password" || error.code === "same_password")
    return { name: "password", message: errorText(error) };
  return null;
}
