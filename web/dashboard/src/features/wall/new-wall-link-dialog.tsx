import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { CopyableSecret } from "@metrica/ui/copyable-secret.tsx";
import { placeApiErrors } from "@metrica/ui/form/api-errors.ts";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { FormDialog } from "@metrica/ui/form/form-dialog.tsx";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { useServices } from "#shared/services.ts";
import { useCreateWallLink } from "./api/wall-links.ts";
import { wallAddress } from "./wall-token.ts";

const schema = z.object({
  name: z
    .string()
    .check(
      z.trim(),
      z.minLength(1, { error: () => t`Enter a name.` }),
      z.maxLength(80, { error: () => t`At most 80 characters.` }),
    ),
});

/** The dialog that creates a link. After that it shows the link, and Escape does not close it. */
export function NewWallLinkDialog({ storeId, onClose }: { storeId: string; onClose: () => void }) {
  const { owner } = useServices();
  const create = useCreateWallLink(owner, storeId);
  const [error, setError] = useState<Error | null>(null);
  const form = useForm({ resolver: standardSchemaResolver(schema), defaultValues: { name: "" } });
  const submit = form.handleSubmit(({ name }) =>
    create.mutate(name, {
      onError: (refused) => setError(placeApiErrors(refused, form.setError, { name: "name" })),
    }),
  );
  if (create.data !== undefined) {
    return (
      <FormDialog keepOpen onClose={onClose} open title={t`Link for the screen`}>
        <CopyableSecret
          message={t`This link is shown only once. Open it on the screen. Whoever has it sees how many people are inside.`}
          onDone={onClose}
          secret={wallAddress(storeId, create.data.token)}
          testId="wall-address"
        />
      </FormDialog>
    );
  }
  return (
    <FormDialog onClose={onClose} open title={t`Create a link`}>
      <form className="grid gap-4" noValidate onSubmit={submit}>
        <InputField
          control={form.control}
          data-testid="wall-link-name"
          description={t`Where the screen is, for example the entrance.`}
          label={t`Name`}
          name="name"
        />
        <FormActions
          busy={create.isPending}
          error={error}
          onCancel={onClose}
          submitLabel={t`Create a link`}
        />
      </form>
    </FormDialog>
  );
}
