import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
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
            description={
              watch("kind") === "mail" ? `To ${email ?? "the address of your account"}.` : undefined
            }
            label="Send by"
            name="kind"
          >
            <NativeSelectOption value="mail">Email</NativeSelectOption>
            <NativeSelectOption value="webhook">Webhook</NativeSelectOption>
          </SelectField>
          <SelectField control={control} label="Stores" name="scope">
            <NativeSelectOption value="store">This store</NativeSelectOption>
            <NativeSelectOption value="own_stores">All my stores</NativeSelectOption>
            {isSuperadmin && (
              <NativeSelectOption value="installation">The whole installation</NativeSelectOption>
            )}
          </SelectField>
        </>
      )}
      {watch("kind") === "webhook" && (
        <InputField
          autoComplete="off"
          control={control}
          data-testid="channel-url"
          description="Begins with https://, with a public host and the port 443 or 8443."
          inputMode="url"
          label="Address of the webhook"
          name="url"
        />
      )}
      <SelectField control={control} label="How urgent" name="minimum_severity">
        <NativeSelectOption value="warning">Warnings and critical incidents</NativeSelectOption>
        <NativeSelectOption value="critical">Critical incidents: nobody is counted</NativeSelectOption>
      </SelectField>
      <CheckboxField control={control} label="All types of incidents" name="all_types" />
      {!watch("all_types") && <IncidentTypesField control={control} />}
      <CheckboxField
        control={control}
        description="By the clock of the store. What waits is sent when they end."
        label="Quiet hours"
        name="has_quiet_hours"
      />
      {watch("has_quiet_hours") && (
        <div className="grid grid-cols-2 gap-4">
          <InputField control={control} label="From" name="quiet_start" type="time" />
          <InputField control={control} label="To" name="quiet_end" type="time" />
        </div>
      )}
      <FormActions
        busy={busy}
        error={error}
        onCancel={onCancel}
        submitLabel={channel === null ? "Add" : "Save"}
      />
    </form>
  );
}
