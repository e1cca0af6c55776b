import type { Store, StoreCreate } from "@metrica/client/admin.ts";
import { Field } from "@metrica/ui/field.tsx";
import { type SubmitEvent, useState } from "react";
import { FormActions } from "#shared/form-actions.tsx";
import { useServices } from "#shared/services.ts";
import { useSaveStore } from "./api/save-store.ts";
import { formatTimeRanges, parseTimeRanges, type Weekday, weekdayNames, weekdays } from "./opening-hours.ts";

const timeZones = Intl.supportedValuesOf("timeZone");

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
  const [invalidDays, setInvalidDays] = useState<readonly Weekday[]>([]);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "").trim();
    const hours = weekdays.map((day) => [day, parseTimeRanges(text(day))] as const);
    const invalid = alwaysOpen ? [] : hours.filter(([, ranges]) => ranges === undefined).map(([day]) => day);
    setInvalidDays(invalid);
    if (invalid.length > 0) return;
    const open = hours.filter(([, ranges]) => ranges !== undefined && ranges.length > 0);
    const body: StoreCreate = {
      name: text("name"),
      timezone: text("timezone"),
      day_start: text("day_start") || "00:00",
      capacity: text("capacity") === "" ? null : Number(text("capacity")),
      opening_hours: alwaysOpen
        ? null
        : (Object.fromEntries(open) as NonNullable<StoreCreate["opening_hours"]>),
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
              error={invalidDays.includes(day) ? "Enter hours as 09:00–20:00." : undefined}
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
