import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import type { Incident } from "@metrica/client/owner.ts";
import { NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { placeApiErrors } from "@metrica/ui/form/api-errors.ts";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { FormDialog } from "@metrica/ui/form/form-dialog.tsx";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { SelectField } from "@metrica/ui/form/select-field.tsx";
import { formatTimeZone } from "@metrica/ui/format/time.ts";
import { incidentTitle } from "@metrica/ui/incidents/incident-types.ts";
import { parseLocalDateTime, toLocalDateTime } from "@metrica/ui/local-date-time.ts";
import { useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { useServices } from "#shared/services.ts";
import { useUpdateIncident } from "./api/incidents.ts";

const hourMs = 3_600_000;
/** The offered durations, in hours. */
function durations() {
  return [
    { hours: 4, label: t`For 4 hours` },
    { hours: 24, label: t`For a day` },
    { hours: 7 * 24, label: t`For a week` },
    { hours: 30 * 24, label: t`For 30 days` },
  ];
}

function createSchema(timezone: string) {
  return z.object({ duration: z.string(), until: z.string() }).check(({ value, issues }) => {
    if (value.duration === "until" && parseLocalDateTime(value.until, timezone) === undefined)
      issues.push({ code: "custom", input: value, message: t`Enter a date and a time.`, path: ["until"] });
  });
}

interface MuteDialogProps {
  incident: Incident;
  storeId: string;
  timezone: string;
  onClose: () => void;
}

/** The dialog that stops the notifications of an incident for a time. */
export function MuteDialog({ incident, storeId, timezone, onClose }: MuteDialogProps) {
  const { owner } = useServices();
  const update = useUpdateIncident(owner, storeId, incident.incident_id);
  const title = incidentTitle(incident.type);
  const zone = formatTimeZone(timezone);
  const [error, setError] = useState<Error | null>(null);
  const form = useForm({
    resolver: standardSchemaResolver(createSchema(timezone)),
    defaultValues: { duration: "24", until: toLocalDateTime(Date.now() + 24 * hourMs, timezone) },
  });

  const submit = form.handleSubmit(({ duration, until }) => {
    const time =
      duration === "until" ? parseLocalDateTime(until, timezone) : Date.now() + Number(duration) * hourMs;
    if (time === undefined) throw new Error("The schema of the form accepted an invalid time.");
    setError(null);
    update.mutate(
      { muted_until: new Date(time).toISOString() },
      {
        onSuccess: onClose,
        onError: (error) =>
          setError(
            placeApiErrors(error, form.setError, {
              muted_until: duration === "until" ? "until" : "duration",
            }),
          ),
      },
    );
  });

  return (
    <FormDialog onClose={onClose} open title={t`Mute “${title}”`}>
      <form className="grid gap-4" noValidate onSubmit={submit}>
        <SelectField
          control={form.control}
          data-testid="mute-duration"
          description={t`No notifications about this incident until then.`}
          label={t`How long`}
          name="duration"
        >
          {durations().map(({ hours, label }) => (
            <NativeSelectOption key={hours} value={String(hours)}>
              {label}
            </NativeSelectOption>
          ))}
          <NativeSelectOption value="until">{t`Until a date and time`}</NativeSelectOption>
        </SelectField>
        {form.watch("duration") === "until" && (
          <InputField
            control={form.control}
            data-testid="mute-until"
            description={t`By the clock of the store: ${zone}.`}
            label={t`Until`}
            name="until"
            type="datetime-local"
          />
        )}
        <FormActions busy={update.isPending} error={error} onCancel={onClose} submitLabel={t`Mute`} />
      </form>
    </FormDialog>
  );
}
