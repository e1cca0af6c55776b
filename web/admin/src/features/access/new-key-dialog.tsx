import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { CopyableSecret } from "@metrica/ui/copyable-secret.tsx";
import { placeApiErrors } from "@metrica/ui/form/api-errors.ts";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { FormDialog } from "@metrica/ui/form/form-dialog.tsx";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { requiredText } from "@metrica/ui/form/rules.ts";
import { useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { useServices } from "#shared/services.ts";
import { useCreateWorkerKey } from "./api/worker-keys.ts";

const schema = z.object({ name: requiredText(() => t`Enter a name.`, 120) });

/** The dialog that creates a key. After that it shows the secret, and Escape does not close it. */
export function NewKeyDialog({ storeId, onClose }: { storeId: string; onClose: () => void }) {
  const { admin } = useServices();
  const create = useCreateWorkerKey(admin, storeId);

  return (
    <FormDialog keepOpen={create.data !== undefined} onClose={onClose} open title={t`Create worker key`}>
      {create.data === undefined ? (
        <NewKeyForm create={create} onCancel={onClose} />
      ) : (
        <CopyableSecret
          message={t`This key is shown only once. Copy it to the edge box now.`}
          onDone={onClose}
          secret={create.data.key}
          testId="worker-key-secret"
        />
      )}
    </FormDialog>
  );
}

interface NewKeyFormProps {
  create: Pick<ReturnType<typeof useCreateWorkerKey>, "mutate" | "isPending">;
  onCancel: () => void;
}

function NewKeyForm({ create, onCancel }: NewKeyFormProps) {
  const [error, setError] = useState<Error | null>(null);
  const {
    control,
    handleSubmit,
    setError: setFieldError,
  } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: { name: "" },
  });
  const submit = handleSubmit(({ name }) =>
    create.mutate(name, {
      onError: (problem) => setError(placeApiErrors(problem, setFieldError, { name: "name" })),
    }),
  );
  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <InputField
        control={control}
        data-testid="key-name-field"
        description={t`Where the key is used, for example: Edge box at the entrance.`}
        label={t`Name`}
        name="name"
      />
      <FormActions busy={create.isPending} error={error} onCancel={onCancel} submitLabel={t`Create`} />
    </form>
  );
}
