import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { placeApiErrors } from "@metrica/ui/form/api-errors.ts";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { emailText } from "@metrica/ui/form/rules.ts";
import { useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { useOpenFromAddress } from "#shared/open-search.ts";
import { useServices } from "#shared/services.ts";
import { useInviteOwner } from "./api/owners.ts";

function describeInvitation({ email, mail_sent }: { email: string; mail_sent: boolean }): string {
  return mail_sent
    ? t`Invitation sent to ${email}.`
    : t`${email} already has an account and now has access to this store.`;
}

const schema = z.object({ email: emailText });

/** The form that invites an owner. The address can lead to it. */
export function InviteForm({ storeId }: { storeId: string }) {
  const { admin } = useServices();
  const invite = useInviteOwner(admin, storeId);

  const [error, setError] = useState<Error | null>(null);
  const {
    control,
    handleSubmit,
    reset,
    setError: setFieldError,
    setFocus,
  } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: { email: "" },
  });
  useOpenFromAddress("invite", () => setFocus("email"));
  const submit = handleSubmit(({ email }) => {
    setError(null);
    invite.mutate(email, {
      onSuccess: () => reset(),
      onError: (problem) => setError(placeApiErrors(problem, setFieldError, { email: "email" })),
    });
  });

  return (
    <form className="mt-4 grid gap-3 border-border border-t pt-4" noValidate onSubmit={submit}>
      <InputField
        control={control}
        data-testid="invite-email"
        label={t`Invite by email`}
        name="email"
        placeholder={t`owner@example.com`}
        type="email"
      />
      {error !== null && (
        <Alert variant="destructive">
          <AlertDescription>{errorMessage(error)}</AlertDescription>
        </Alert>
      )}
      {invite.data !== undefined && invite.error === null && (
        <Alert data-testid="invite-sent" variant="success">
          <AlertDescription>{describeInvitation(invite.data)}</AlertDescription>
        </Alert>
      )}
      <Button
        variant="outline"
        disabled={invite.isPending}
        className="justify-self-start"
        data-testid="invite-send"
        type="submit"
      >
        {t`Invite`}
      </Button>
    </form>
  );
}
