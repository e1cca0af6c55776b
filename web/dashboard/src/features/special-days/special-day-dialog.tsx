import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import type { CalendarDay, SpecialDay } from "@metrica/client/owner.ts";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { placeApiErrors } from "@metrica/ui/form/api-errors.ts";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { FormDialog } from "@metrica/ui/form/form-dialog.tsx";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { OpeningHoursField } from "@metrica/ui/form/opening-hours-field.tsx";
import { SelectField } from "@metrica/ui/form/select-field.tsx";
import { formatTimeRanges, OpeningHoursError, parseTimeRanges } from "@metrica/ui/opening-hours.ts";
import { useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { formatPlainDate, type PlainDate, parsePlainDate } from "#features/store/calendar.ts";
import { holidayName } from "#shared/holiday-name.ts";
import { useServices } from "#shared/services.ts";
import { useDeleteSpecialDay, usePutSpecialDay } from "./api/calendar.ts";
import { describeHours, isSpecial } from "./day.ts";

const schema = z
  .object({
    date: z
      .string()
      .check(z.refine((text) => parsePlainDate(text) !== undefined, { error: () => t`Enter a date.` })),
    opening: z.enum(["usual", "closed", "other"]),
    hours: z.string(),
    note: z.string().check(z.trim(), z.maxLength(120, { error: () => t`Use at most 120 characters.` })),
  })
  .check(({ value, issues }) => {
    const report = (field: string, message: string) =>
      issues.push({ code: "custom", input: value, message, path: [field] });
    if (value.opening === "usual" && value.note === "")
      report("note", t`Enter a note, or choose other opening hours.`);
    if (value.opening !== "other") return;
    try {
      if (parseTimeRanges(value.hours).length === 0) report("hours", t`Enter hours as 09:00–20:00.`);
    } catch (error) {
      if (!(error instanceof OpeningHoursError)) throw error;
      report("hours", error.message);
    }
  });

type Values = z.infer<typeof schema>;

function toSpecialDay({ opening, hours, note }: Values): SpecialDay {
  return {
    opening_hours: opening === "usual" ? null : opening === "closed" ? [] : parseTimeRanges(hours),
    note: note === "" ? null : note,
  };
}

function toValues(day: CalendarDay | null, date: PlainDate): Values {
  const hasOwnHours = day?.hours_from === "special_day";
  const isClosed = day?.opening_hours.length === 0;
  return {
    date,
    opening: hasOwnHours ? (isClosed ? "closed" : "other") : "usual",
    hours: hasOwnHours ? formatTimeRanges(day.opening_hours) : "",
    note: day?.note ?? "",
  };
}

interface SpecialDayDialogProps {
  storeId: string;
  /** The date to change; null for one that the user enters. */
  day: CalendarDay | null;
  /** The date that the form begins with. */
  date: PlainDate;
  onClose: () => void;
}

/** The dialog that sets the opening hours and the note of a date. */
export function SpecialDayDialog({ storeId, day, date, onClose }: SpecialDayDialogProps) {
  const { owner } = useServices();
  const put = usePutSpecialDay(owner, storeId);
  const remove = useDeleteSpecialDay(owner, storeId);
  const [error, setError] = useState<Error | null>(null);
  const form = useForm({ resolver: standardSchemaResolver(schema), defaultValues: toValues(day, date) });
  const { control, watch } = form;

  const submit = form.handleSubmit((values) => {
    setError(null);
    put.mutate(
      { date: values.date, body: toSpecialDay(values) },
      {
        onSuccess: onClose,
        onError: (error) =>
          setError(
            placeApiErrors(error, form.setError, { date: "date", opening_hours: "hours", note: "note" }),
          ),
      },
    );
  });

  return (
    <FormDialog onClose={onClose} open title={day === null ? t`Add a special day` : formatPlainDate(date)}>
      {day !== null && (
        <p className="text-[13px] text-muted-foreground">
          {[holidayName(day), describeHours(day)].filter(Boolean).join(" · ")}
        </p>
      )}
      <form className="grid gap-4" noValidate onSubmit={submit}>
        {day === null && <InputField control={control} label={t`Date`} name="date" type="date" />}
        <SelectField
          control={control}
          data-testid="special-day-opening"
          label={t`Opening hours`}
          name="opening"
        >
          <NativeSelectOption value="usual">{t`As usual`}</NativeSelectOption>
          <NativeSelectOption value="closed">{t`Closed`}</NativeSelectOption>
          <NativeSelectOption value="other">{t`Other hours`}</NativeSelectOption>
        </SelectField>
        {watch("opening") === "other" && (
          <OpeningHoursField
            control={control}
            data-testid="special-day-hours"
            description={t`For example 09:00–13:00, 14:00–18:30.`}
            label={t`Hours`}
            name="hours"
          />
        )}
        <InputField
          control={control}
          data-testid="special-day-note"
          description={t`Shown in charts and reports, for example: Sale, or Road works.`}
          label={t`Note`}
          name="note"
        />
        {day !== null && isSpecial(day) && (
          <Button
            className="justify-self-start text-destructive hover:bg-destructive-muted hover:text-destructive"
            data-testid="special-day-remove"
            disabled={remove.isPending}
            onClick={() => remove.mutate(date, { onSuccess: onClose, onError: setError })}
            size="sm"
            type="button"
            variant="outline"
          >{t`Remove the special day`}</Button>
        )}
        <FormActions busy={put.isPending} error={error} onCancel={onClose} submitLabel={t`Save`} />
      </form>
    </FormDialog>
  );
}
