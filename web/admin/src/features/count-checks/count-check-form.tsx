import type { CountCheckCreate } from "@metrica/client/admin.ts";
import { Field } from "@metrica/ui/field.tsx";
import { formatDateTime, formatTimeZone } from "@metrica/ui/format/time.ts";
import { type SubmitEvent, useState } from "react";
import { FormActions } from "#shared/form-actions.tsx";
import { useServices } from "#shared/services.ts";
import { useAddCountCheck } from "./api/count-checks.ts";
import { lastFullHour, parseLocalDateTime } from "./local-date-time.ts";

const dayMs = 86_400_000;

interface CountCheckFormProps {
  cameraId: string;
  timezone: string;
  /** Until when the edge box has sent its crossings; null when unknown. */
  deliveredUntil: string | null;
  onDone: () => void;
}

/** The form for a manual count of the crossings in a past window. */
export function CountCheckForm({ cameraId, timezone, deliveredUntil, onDone }: CountCheckFormProps) {
  const { admin } = useServices();
  const add = useAddCountCheck(admin, cameraId);
  const [defaultWindow] = useState(() => lastFullHour(Date.now(), timezone));
  const [errors, setErrors] = useState<{ start?: string; end?: string }>({});

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "").trim();
    const window = {
      start: parseLocalDateTime(text("start"), timezone),
      end: parseLocalDateTime(text("end"), timezone),
    };
    const newErrors = validateWindow(window.start, window.end);
    setErrors(newErrors);
    if (window.start === undefined || window.end === undefined || Object.keys(newErrors).length > 0) return;
    const check: CountCheckCreate = {
      window_start: new Date(window.start).toISOString(),
      window_end: new Date(window.end).toISOString(),
      manual_in: Number(text("manual_in")),
      manual_out: Number(text("manual_out")),
      note: text("note") === "" ? null : text("note"),
    };
    add.mutate(check, { onSuccess: onDone });
  }

  return (
    <form className="grid gap-4" onSubmit={submit}>
      <p className="text-ink-soft text-sm">
        Enter how many people crossed this line in a past window. The count is compared with the crossings
        that have arrived.
        {deliveredUntil !== null && (
          <> The edge box has sent its data until {formatDateTime(deliveredUntil, timezone)}.</>
        )}
      </p>
      <div className="grid grid-cols-1 gap-4">
        <Field
          data-testid="check-start"
          defaultValue={defaultWindow.start}
          error={errors.start}
          label="From"
          name="start"
          required
          type="datetime-local"
        />
        <Field
          data-testid="check-end"
          defaultValue={defaultWindow.end}
          error={errors.end}
          label="Until"
          name="end"
          required
          type="datetime-local"
        />
      </div>
      <p className="-mt-2 text-[13px] text-ink-faint">
        Time zone: {formatTimeZone(timezone)}. The maximum is one day.
      </p>
      <div className="grid grid-cols-2 gap-4">
        <CountField label="IN" name="manual_in" />
        <CountField label="OUT" name="manual_out" />
      </div>
      <Field label="Note" maxLength={500} name="note" placeholder="For example: who counted" />
      <FormActions busy={add.isPending} error={add.error} onCancel={onDone} submitLabel="Save" />
    </form>
  );
}

function CountField({ label, name }: { label: string; name: string }) {
  return (
    <Field
      data-testid={`check-${name}`}
      inputMode="numeric"
      label={label}
      max={1_000_000}
      min={0}
      name={name}
      required
      step={1}
      type="number"
    />
  );
}

function validateWindow(
  start: number | undefined,
  end: number | undefined,
): { start?: string; end?: string } {
  if (start === undefined)
    return { start: "This time does not exist because of the change to daylight saving time." };
  if (end === undefined)
    return { end: "This time does not exist because of the change to daylight saving time." };
  if (end <= start) return { end: "The end must be after the start." };
  if (end - start > dayMs) return { end: "The window must not be longer than one day." };
  if (end > Date.now()) return { end: "The end must be in the past." };
  return {};
}
