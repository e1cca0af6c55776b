import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import type { Store, StoreCreate } from "@metrica/client/admin.ts";
import { FieldLegend, FieldSet } from "@metrica/ui/components/ui/field.tsx";
import { NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { CheckboxField } from "@metrica/ui/form/checkbox-field.tsx";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { requiredText } from "@metrica/ui/form/rules.ts";
import { SelectField } from "@metrica/ui/form/select-field.tsx";
import {
  formatTimeRanges,
  OpeningHoursError,
  parseTimeRanges,
  type TimeRanges,
} from "@metrica/ui/opening-hours.ts";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { useServices } from "#shared/services.ts";
import { useSaveStore } from "./api/save-store.ts";
import { findOverlap, type Weekday, weekdayNames, weekdays } from "./week.ts";

const timeZones = Intl.supportedValuesOf("timeZone");

/** A day of the week with the text of its opening hours. */
const days = Object.fromEntries(weekdays.map((day) => [day, z.string()])) as Record<Weekday, z.ZodMiniString>;

/** Whole quarter-hours, as the API demands. */
const isClosingGrace = (text: string) =>
  /^\d{1,3}$/.test(text) && Number(text) <= 240 && Number(text) % 15 === 0;

const schema = z
  .object({
    name: requiredText("Enter a name.", 120),
    timezone: requiredText("Enter a time zone, for example Europe/Rome."),
    day_start: requiredText("Enter a time."),
    capacity: z
      .string()
      .check(z.trim(), z.regex(/^([1-9]\d*)?$/, "Enter a whole number from 1, or leave the field empty.")),
    closing_grace_minutes: z.string().check(z.trim()),
    first_weekday: z.string(),
    always_open: z.boolean(),
    days: z.object(days),
  })
  .check(({ value, issues }) => {
    if (value.always_open) return;
    for (const [day, message] of Object.entries(parseWeek(value.days).errors))
      issues.push({ code: "custom", input: value, message, path: ["days", day] });
    if (!isClosingGrace(value.closing_grace_minutes))
      issues.push({
        code: "custom",
        input: value,
        message: "Enter 0, 15, 30 or another multiple of 15, at most 240.",
        path: ["closing_grace_minutes"],
      });
  });

interface StoreFormProps {
  /** The store to change; null adds one. */
  store: Store | null;
  onSaved: (store: Store) => void;
  onCancel: () => void;
}

export function StoreForm({ store, onSaved, onCancel }: StoreFormProps) {
  const { admin } = useServices();
  const save = useSaveStore(admin, store?.store_id ?? null);
  const { control, handleSubmit, watch } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: {
      name: store?.name ?? "",
      timezone: store?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      day_start: store?.day_start ?? "00:00",
      capacity: store?.capacity == null ? "" : String(store.capacity),
      closing_grace_minutes: String(store?.closing_grace_minutes ?? 60),
      first_weekday: String(store?.first_weekday ?? 1),
      always_open: store === null || store.opening_hours === null,
      days: Object.fromEntries(
        weekdays.map((day) => [day, formatTimeRanges(store?.opening_hours?.[day])]),
      ) as Record<Weekday, string>,
    },
  });
  const submit = handleSubmit(
    ({ capacity, closing_grace_minutes, first_weekday, always_open, days, ...fields }) => {
      const body: StoreCreate = {
        ...fields,
        capacity: capacity === "" ? null : Number(capacity),
        ...(!always_open && { closing_grace_minutes: Number(closing_grace_minutes) }),
        first_weekday: Number(first_weekday),
        opening_hours: always_open ? null : parseWeek(days).week,
      };
      save.mutate(body, { onSuccess: onSaved });
    },
  );

  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <InputField control={control} data-testid="store-name-field" label="Name" name="name" />
      <InputField
        control={control}
        data-testid="store-timezone-field"
        description="The days and hours of this store use this time zone."
        label="Time zone"
        list="zones"
        name="timezone"
      />
      <datalist id="zones">
        {timeZones.map((timeZone) => (
          <option key={timeZone} value={timeZone} />
        ))}
      </datalist>
      <div className="grid grid-cols-2 gap-4">
        <InputField
          control={control}
          description="For example 04:00 for a bar."
          label="Day starts at"
          name="day_start"
          step={900}
          type="time"
        />
        <InputField
          control={control}
          description="Maximum number of people. Optional."
          inputMode="numeric"
          label="Capacity"
          name="capacity"
        />
      </div>
      <SelectField control={control} label="Weeks begin on" name="first_weekday">
        {weekdays.map((day, index) => (
          <NativeSelectOption key={day} value={String(index + 1)}>
            {weekdayNames[day]}
          </NativeSelectOption>
        ))}
      </SelectField>
      <CheckboxField control={control} label="Always open" name="always_open" />
      {!watch("always_open") && (
        <FieldSet className="sm:grid-cols-2">
          <FieldLegend>
            Opening hours, for example 09:00–13:00, 14:00–18:30. Leave a day empty if the store is closed.
          </FieldLegend>
          {weekdays.map((day) => (
            <InputField
              control={control}
              key={day}
              label={weekdayNames[day]}
              name={`days.${day}`}
              placeholder="Closed"
            />
          ))}
        </FieldSet>
      )}
      {!watch("always_open") && (
        <InputField
          control={control}
          description="The store counts as empty when nobody has crossed the line for this time after closing."
          inputMode="numeric"
          label="Minutes until empty after closing"
          name="closing_grace_minutes"
        />
      )}
      <FormActions
        busy={save.isPending}
        error={save.error}
        onCancel={onCancel}
        submitLabel={store === null ? "Add" : "Save"}
      />
    </form>
  );
}

/** Returns the opening hours of the week without the closed days, or what is wrong with the text of a day. */
function parseWeek(texts: Record<Weekday, string>): {
  week: NonNullable<StoreCreate["opening_hours"]>;
  errors: Partial<Record<Weekday, string>>;
} {
  const errors: Partial<Record<Weekday, string>> = {};
  const week = Object.fromEntries(weekdays.map((day) => [day, [] as TimeRanges])) as Record<
    Weekday,
    TimeRanges
  >;
  for (const day of weekdays) {
    try {
      week[day] = parseTimeRanges(texts[day].trim());
    } catch (error) {
      if (!(error instanceof OpeningHoursError)) throw error;
      errors[day] = error.message;
    }
  }
  const overlap = findOverlap(week);
  if (overlap !== null) errors[overlap[0]] ??= overlap[1];
  return {
    week: Object.fromEntries(weekdays.filter((day) => week[day].length > 0).map((day) => [day, week[day]])),
    errors,
  };
}
