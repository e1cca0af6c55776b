import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import type { Store, StoreCreate } from "@metrica/client/admin.ts";
import { FieldLegend, FieldSet } from "@metrica/ui/components/ui/field.tsx";
import { NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { placeApiErrors } from "@metrica/ui/form/api-errors.ts";
import { CheckboxField } from "@metrica/ui/form/checkbox-field.tsx";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { OpeningHoursField } from "@metrica/ui/form/opening-hours-field.tsx";
import { requiredText } from "@metrica/ui/form/rules.ts";
import { SelectField } from "@metrica/ui/form/select-field.tsx";
import {
  formatTimeRanges,
  OpeningHoursError,
  parseTimeRanges,
  type TimeRanges,
} from "@metrica/ui/opening-hours.ts";
import { useState } from "react";
import { type Control, type FieldPath, get, useForm, useWatch } from "react-hook-form";
import * as z from "zod/mini";
import type { MergeField } from "#shared/conflict/conflict.ts";
import { MergeActions } from "#shared/conflict/merge-actions.tsx";
import { useMerge } from "#shared/conflict/use-merge.ts";
import { useServices } from "#shared/services.ts";
import { useChangeStore, useCreateStore } from "./api/save-store.ts";
import { cityOf, describeTimeZone, findTimeZone, timeZoneError, timeZones } from "./time-zone.ts";
import { findOverlap, formatWeekday, type Weekday, weekdayNames, weekdays } from "./week.ts";

/** A day of the week with the text of its opening hours. */
const days = Object.fromEntries(weekdays.map((day) => [day, z.string()])) as Record<
  Weekday,
  z.ZodMiniString<string>
>;

/** Whole quarter-hours, as the API demands. */
const isClosingGrace = (text: string) =>
  /^\d{1,3}$/.test(text) && Number(text) <= 240 && Number(text) % 15 === 0;

const schema = z
  .object({
    name: requiredText("Enter a name.", 120),
    timezone: z.pipe(
      z.string().check(z.refine((text) => findTimeZone(text) !== undefined, { error: timeZoneError })),
      z.transform((text) => findTimeZone(text) ?? text),
    ),
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

type Values = z.input<typeof schema>;

/** The field of the form for each member of the request. */
const apiFields: Record<string, FieldPath<Values>> = {
  name: "name",
  timezone: "timezone",
  day_start: "day_start",
  capacity: "capacity",
  closing_grace_minutes: "closing_grace_minutes",
  first_weekday: "first_weekday",
  opening_hours: "days.mon",
  ...Object.fromEntries(weekdays.map((day) => [`opening_hours.${day}`, `days.${day}` as const])),
};

/** What another superadmin can change while the form is open. */
const mergedFields: readonly MergeField<Store>[] = [
  { name: "name", label: "Name", text: (store) => store.name },
  { name: "timezone", label: "Time zone", text: (store) => store.timezone },
  { name: "day_start", label: "Day starts at", text: (store) => store.day_start },
  { name: "capacity", label: "Capacity", text: (store) => String(store.capacity ?? "no limit") },
  { name: "first_weekday", label: "Weeks begin on", text: (store) => formatWeekday(store.first_weekday) },
  {
    name: "always_open",
    label: "Always open",
    text: (store) => (store.opening_hours === null ? "Yes" : "No"),
  },
  ...weekdays.map((day) => ({
    name: `days.${day}`,
    label: weekdayNames[day],
    text: (store: Store) => formatTimeRanges(store.opening_hours?.[day]) || "closed",
  })),
  {
    name: "closing_grace_minutes",
    label: "Minutes until empty after closing",
    text: (store) => String(store.closing_grace_minutes),
  },
];

interface FormProps {
  onSaved: (store: Store) => void;
  onCancel: () => void;
}

export function NewStoreForm({ onSaved, onCancel }: FormProps) {
  const { admin } = useServices();
  const create = useCreateStore(admin);
  const [error, setError] = useState<Error | null>(null);
  const form = useStoreForm(null);
  const submit = form.handleSubmit((values) =>
    create.mutate(toSettings(values), {
      onSuccess: onSaved,
      onError: (problem) => setError(placeApiErrors(problem, form.setError, apiFields)),
    }),
  );
  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <StoreFields control={form.control} isAlwaysOpen={form.watch("always_open")} />
      <FormActions busy={create.isPending} error={error} onCancel={onCancel} submitLabel="Add" />
    </form>
  );
}

export function EditStoreForm({ store, onSaved, onCancel }: FormProps & { store: Store }) {
  const { admin } = useServices();
  const change = useChangeStore(admin, store.store_id);
  const [error, setError] = useState<Error | null>(null);
  const form = useStoreForm(store);
  const merge = useMerge({
    resource: store,
    fields: mergedFields,
    read: () => ({
      ...store,
      ...toSettings(schema.parse(form.getValues())),
      opening_hours: toOpeningHours(form.getValues()),
    }),
    write: (name, current) =>
      form.setValue(name as FieldPath<Values>, get(toValues(current), name), { shouldDirty: true }),
  });
  const submit = form.handleSubmit((values) =>
    change.mutate(
      { change: toSettings(values), etag: merge.etag },
      {
        onSuccess: onSaved,
        onError: (problem) =>
          setError(merge.take(problem) ? null : placeApiErrors(problem, form.setError, apiFields)),
      },
    ),
  );
  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <StoreFields control={form.control} isAlwaysOpen={form.watch("always_open")} />
      <MergeActions busy={change.isPending} error={error} merge={merge} onCancel={onCancel} />
    </form>
  );
}

function useStoreForm(store: Store | null) {
  return useForm({ resolver: standardSchemaResolver(schema), defaultValues: toValues(store) });
}

function toValues(store: Store | null): Values {
  return {
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
  };
}

function toOpeningHours({ always_open, days }: Values) {
  return always_open ? null : parseWeek(days).week;
}

function toSettings(values: z.output<typeof schema>) {
  const { capacity, closing_grace_minutes, first_weekday, always_open, days, ...fields } = values;
  return {
    ...fields,
    capacity: capacity === "" ? null : Number(capacity),
    ...(!always_open && { closing_grace_minutes: Number(closing_grace_minutes) }),
    first_weekday: Number(first_weekday),
    opening_hours: toOpeningHours(values),
  } satisfies StoreCreate;
}

interface StoreFieldsProps {
  control: Control<Values, unknown, z.output<typeof schema>>;
  isAlwaysOpen: boolean;
}

function StoreFields({ control, isAlwaysOpen }: StoreFieldsProps) {
  return (
    <>
      <InputField control={control} data-testid="store-name-field" label="Name" name="name" />
      <TimeZoneField control={control} />
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
      {!isAlwaysOpen && (
        <FieldSet className="sm:grid-cols-2">
          <FieldLegend>
            Opening hours, for example 9-17, 9am-5pm, or 9-13, 14-18:30. Leave a day empty if the store is
            closed.
          </FieldLegend>
          {weekdays.map((day) => (
            <OpeningHoursField
              control={control}
              data-testid={`store-hours-${day}`}
              key={day}
              label={weekdayNames[day]}
              name={`days.${day}`}
              placeholder="Closed"
            />
          ))}
        </FieldSet>
      )}
      {!isAlwaysOpen && (
        <InputField
          control={control}
          description="The store counts as empty when nobody has crossed the line for this time after closing."
          inputMode="numeric"
          label="Minutes until empty after closing"
          name="closing_grace_minutes"
        />
      )}
    </>
  );
}

/** The city of the store, or its time zone. Below it is what was understood. */
function TimeZoneField({ control }: Pick<StoreFieldsProps, "control">) {
  const timeZone = findTimeZone(useWatch({ control, name: "timezone" }));
  return (
    <>
      <InputField
        autoComplete="off"
        control={control}
        data-testid="store-timezone-field"
        description={
          timeZone === undefined
            ? "A large city of the time zone, such as Rome."
            : describeTimeZone(timeZone, new Date())
        }
        label="Time zone"
        list="zones"
        name="timezone"
      />
      <datalist id="zones">
        {timeZones.map((name) => (
          <option key={name} label={cityOf(name)} value={name} />
        ))}
      </datalist>
    </>
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
