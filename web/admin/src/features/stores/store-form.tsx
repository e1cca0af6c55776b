import type { Store, StoreCreate } from "@metrica/client/admin.ts";
import { Field } from "@metrica/ui/field.tsx";
import { type SubmitEvent, useState } from "react";
import { FormActions } from "#shared/form-actions.tsx";
import { useServices } from "#shared/services.ts";
import { useSaveStore } from "./api/save-store.ts";
import {
  findOverlap,
  formatTimeRanges,
  OpeningHoursError,
  parseTimeRanges,
  type TimeRanges,
  type Weekday,
  weekdayNames,
  weekdays,
} from "./opening-hours.ts";

const timeZones = Intl.supportedValuesOf("timeZone");

type DayErrors = Partial<Record<Weekday, string>>;

interface StoreFormProps {
  /** The store to change; null adds one. */
  store: Store | null;
  onSaved: (store: Store) => void;
  onCancel: () => void;
}

export function StoreForm({ store, onSaved, onCancel }: StoreFormProps) {
  const { admin } = useServices();
  const save = useSaveStore(admin, store?.store_id ?? null);
  const [alwaysOpen, setAlwaysOpen] = useState(store === null || store.opening_hours === null);
  const [dayErrors, setDayErrors] = useState<DayErrors>({});

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "").trim();
    const { week, errors } = alwaysOpen ? { week: null, errors: {} } : parseWeek(text);
    setDayErrors(errors);
    if (Object.keys(errors).length > 0) return;
    const body: StoreCreate = {
      name: text("name"),
      timezone: text("timezone"),
      day_start: text("day_start") || "00:00",
      capacity: text("capacity") === "" ? null : Number(text("capacity")),
      opening_hours: week,
    };
    save.mutate(body, { onSuccess: onSaved });
  }

  return (
    <form className="grid gap-4" onSubmit={submit}>
      <Field
        data-testid="store-name-field"
        defaultValue={store?.name}
        label="Name"
        maxLength={120}
        name="name"
        required
      />
      <Field
        data-testid="store-timezone-field"
        defaultValue={store?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}
        hint="The days and hours of this store use this time zone."
        label="Time zone"
        list="zones"
        name="timezone"
        required
      />
      <datalist id="zones">
        {timeZones.map((timeZone) => (
          <option key={timeZone} value={timeZone} />
        ))}
      </datalist>
      <div className="grid grid-cols-2 gap-4">
        <Field
          defaultValue={store?.day_start ?? "00:00"}
          hint="For example 04:00 for a bar."
          label="Day starts at"
          name="day_start"
          required
          step={900}
          type="time"
        />
        <Field
          defaultValue={store?.capacity ?? undefined}
          hint="Maximum number of people. Optional."
          label="Capacity"
          min={1}
          name="capacity"
          type="number"
        />
      </div>
      <label className="flex items-center gap-2 text-sm">
        <input
          checked={alwaysOpen}
          className="size-4 accent-accent"
          onChange={(event) => setAlwaysOpen(event.target.checked)}
          type="checkbox"
        />
        Always open
      </label>
      {!alwaysOpen && (
        <fieldset className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <legend className="mb-2 text-[13px] text-ink-faint">
            Opening hours, for example 09:00–13:00, 14:00–18:30. Leave a day empty if the store is closed.
          </legend>
          {weekdays.map((day) => (
            <Field
              defaultValue={formatTimeRanges(store?.opening_hours?.[day])}
              error={dayErrors[day]}
              key={day}
              label={weekdayNames[day]}
              name={day}
              placeholder="Closed"
            />
          ))}
        </fieldset>
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
function parseWeek(textOf: (day: Weekday) => string): {
  week: NonNullable<StoreCreate["opening_hours"]>;
  errors: DayErrors;
} {
  const errors: DayErrors = {};
  const week = Object.fromEntries(weekdays.map((day) => [day, [] as TimeRanges])) as Record<
    Weekday,
    TimeRanges
  >;
  for (const day of weekdays) {
    try {
      week[day] = parseTimeRanges(textOf(day));
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
