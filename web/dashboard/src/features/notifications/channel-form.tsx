import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import type { Channel } from "@metrica/client/owner.ts";
import { NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { placeApiErrors } from "@metrica/ui/form/api-errors.ts";
import { CheckboxField } from "@metrica/ui/form/checkbox-field.tsx";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { SelectField } from "@metrica/ui/form/select-field.tsx";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { type ChannelValues, channelFields, channelSchema, toValues } from "./channel-schema.ts";
import { IncidentTypesField } from "./incident-types-field.tsx";

interface ChannelFormProps {
  /** The channel to change; null for a new one. */
  channel: Channel | null;
  email: string | null;
  isSuperadmin: boolean;
  busy: boolean;
  onSubmit: (values: ChannelValues, options: { onError: (error: Error) => void }) => void;
  onCancel: () => void;
}

/** The form of a channel. Where a channel delivers to, and of which stores, cannot be changed later. */
export function ChannelForm({ channel, email, isSuperadmin, busy, onSubmit, onCancel }: ChannelFormProps) {
  const [error, setError] = useState<Error | null>(null);
  const form = useForm({
    resolver: standardSchemaResolver(channelSchema),
    defaultValues: toValues(channel),
  });
  const { control, watch } = form;
  const target = email === null ? t`To the address of your account.` : t`To ${email}.`;

  const submit = form.handleSubmit((values) => {
    setError(null);
    onSubmit(values, {
      onError: (error) => setError(placeApiErrors(error, form.setError, channelFields)),
    });
  });

  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      {channel === null && (
        <>
          <SelectField
            control={control}
            description={watch("kind") === "mail" ? target : undefined}
            label={t`Send by`}
            name="kind"
          >
            <NativeSelectOption value="mail">{t`Email`}</NativeSelectOption>
            <NativeSelectOption value="webhook">{t`Webhook`}</NativeSelectOption>
          </SelectField>
          <SelectField control={control} label={t`Stores`} name="scope">
            <NativeSelectOption value="store">{t`This store`}</NativeSelectOption>
            <NativeSelectOption value="own_stores">{t`All my stores`}</NativeSelectOption>
            {isSuperadmin && (
              <NativeSelectOption value="installation">{t`The whole installation`}</NativeSelectOption>
            )}
          </SelectField>
        </>
      )}
      {watch("kind") === "webhook" && (
        <InputField
          autoComplete="off"
          control={control}
          data-testid="channel-url"
          description={t`Begins with https://, with a public host and the port 443 or 8443.`}
          inputMode="url"
          label={t`Address of the webhook`}
          name="url"
        />
      )}
      <SelectField control={control} label={t`How urgent`} name="minimum_severity">
        <NativeSelectOption value="warning">{t`Warnings and critical incidents`}</NativeSelectOption>
        <NativeSelectOption value="critical">{t`Critical incidents: nobody is counted`}</NativeSelectOption>
      </SelectField>
      <CheckboxField control={control} label={t`All types of incidents`} name="all_types" />
      {!watch("all_types") && <IncidentTypesField control={control} />}
      <CheckboxField
        control={control}
        description={t`By the clock of the store. What waits is sent when they end.`}
        label={t`Quiet hours`}
        name="has_quiet_hours"
      />
      {watch("has_quiet_hours") && (
        <div className="grid grid-cols-2 gap-4">
          <InputField control={control} label={t`From`} name="quiet_start" type="time" />
          <InputField control={control} label={t`To`} name="quiet_end" type="time" />
        </div>
      )}
      <FormActions
        busy={busy}
        error={error}
        onCancel={onCancel}
        submitLabel={channel === null ? t`Add` : t`Save`}
      />
    </form>
  );
}
