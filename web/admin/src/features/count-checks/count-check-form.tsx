import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { CountCheckCreate } from "@metrica/client/admin.ts";
import { placeApiErrors } from "@metrica/ui/form/api-errors.ts";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { numberText, requiredText } from "@metrica/ui/form/rules.ts";
import { formatDateTime, formatTimeZone } from "@metrica/ui/format/time.ts";
import { lastFullHour, parseLocalDateTime } from "@metrica/ui/local-date-time.ts";
import { useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { useServices } from "#shared/services.ts";
import { useAddCountCheck } from "./api/count-checks.ts";

const dayMs = 86_400_000;

const count = numberText({ min: 0, max: 1_000_000, whole: true });
const schema = z.object({
  start: requiredText(() => t`Enter the start.`),
  end: requiredText(() => t`Enter the end.`),
  manual_in: count,
  manual_out: count,
  note: z.string().check(z.trim(), z.maxLength(500, { error: () => t`Use at most 500 characters.` })),
});

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
  const [formError, setFormError] = useState<Error | null>(null);
  const { control, handleSubmit, setError } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: { ...defaultWindow, manual_in: "", manual_out: "", note: "" },
  });
  const submit = handleSubmit(({ start, end, manual_in, manual_out, note }) => {
    const window = { start: parseLocalDateTime(start, timezone), end: parseLocalDateTime(end, timezone) };
    const problem = findWindowProblem(window.start, window.end);
    if (problem !== null) {
      setError(problem.field, { message: problem.message }, { shouldFocus: true });
      return;
    }
    const check: CountCheckCreate = {
      window_start: new Date(window.start ?? 0).toISOString(),
      window_end: new Date(window.end ?? 0).toISOString(),
      manual_in,
      manual_out,
      note: note === "" ? null : note,
    };
    add.mutate(check, {
      onSuccess: onDone,
      onError: (error) =>
        setFormError(
          placeApiErrors(error, setError, {
            window_start: "start",
            window_end: "end",
            manual_in: "manual_in",
            manual_out: "manual_out",
            note: "note",
          }),
        ),
    });
  });

  const delivered = deliveredUntil === null ? "" : formatDateTime(deliveredUntil, timezone);
  const zone = formatTimeZone(timezone);
  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <p className="text-muted-foreground text-sm">
        <Trans>
          Enter how many people crossed this line in a past window. The count is compared with the crossings
          that have arrived.
        </Trans>{" "}
        {deliveredUntil !== null && t`The edge box has sent its data until ${delivered}.`}
      </p>
      <div className="grid grid-cols-1 gap-4">
        <InputField
          control={control}
          data-testid="check-start"
          label={t({ message: "From", context: "a time" })}
          name="start"
          type="datetime-local"
        />
        <InputField
          control={control}
          data-testid="check-end"
          label={t({ message: "Until", context: "a time" })}
          name="end"
          type="datetime-local"
        />
      </div>
      <p className="-mt-2 text-[13px] text-muted-foreground">
        {t`Time zone: ${zone}. The maximum is one day.`}
      </p>
      <div className="grid grid-cols-2 gap-4">
        <InputField
          control={control}
          data-testid="check-manual_in"
          inputMode="numeric"
          label={t`IN`}
          name="manual_in"
        />
        <InputField
          control={control}
          data-testid="check-manual_out"
          inputMode="numeric"
          label={t`OUT`}
          name="manual_out"
        />
      </div>
      <InputField control={control} label={t`Note`} name="note" placeholder={t`For example: who counted`} />
      <FormActions busy={add.isPending} error={formError} onCancel={onDone} submitLabel={t`Save`} />
    </form>
  );
}

/** Returns what is wrong with a window; null for a valid one. */
function findWindowProblem(
  start: number | undefined,
  end: number | undefined,
): { field: "start" | "end"; message: string } | null {
  const missing = t`This time does not exist because of the change to daylight saving time.`;
  if (start === undefined) return { field: "start", message: missing };
  if (end === undefined) return { field: "end", message: missing };
  if (end <= start) return { field: "end", message: t`The end must be after the start.` };
  if (end - start > dayMs) return { field: "end", message: t`The window must not be longer than one day.` };
  if (end > Date.now()) return { field: "end", message: t`The end must be in the past.` };
  return null;
}
