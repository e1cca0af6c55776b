import type { Store, StoreCreate } from "@metrica/client/admin.ts";
import { Field } from "@metrica/ui/field.tsx";
import { type SubmitEvent, useState } from "react";
import { FormActions } from "#shared/form-actions.tsx";
import { useServices } from "#shared/services.ts";
import { useSaveStore } from "./api/save-store.ts";
import { parseSpans, spansText, type Weekday, weekdayNames, weekdays } from "./opening-hours.ts";

const zones = Intl.supportedValuesOf("timeZone");

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
  const [unreadable, setUnreadable] = useState<readonly Weekday[]>([]);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "").trim();
    const hours = weekdays.map((day) => [day, parseSpans(text(day))] as const);
    const wrong = alwaysOpen ? [] : hours.filter(([, spans]) => spans === undefined).map(([day]) => day);
    setUnreadable(wrong);
    if (wrong.length > 0) return;
    const open = hours.filter(([, spans]) => spans !== undefined && spans.length > 0);
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
        hint="Days and hours of this store follow it."
        label="Time zone"
        list="zones"
        name="timezone"
        required
      />
      <datalist id="zones">
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <div className="grid grid-cols-2 gap-4">
        <Field
          defaultValue={store?.day_start ?? "00:00"}
          hint="A bar's day may start at 04:00."
          label="Day starts at"
          name="day_start"
          required
          step={900}
          type="time"
        />
        <Field
          defaultValue={store?.capacity ?? undefined}
          hint="People at once; empty for none."
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
            Opening hours, like 09:00–13:00, 14:00–18:30; empty is closed
          </legend>
          {weekdays.map((day) => (
            <Field
              defaultValue={spansText(store?.opening_hours?.[day])}
              error={unreadable.includes(day) ? "Write it like 09:00–20:00." : undefined}
              key={day}
              label={weekdayNames[day]}
              name={day}
              placeholder="closed"
            />
          ))}
        </fieldset>
      )}
      <FormActions
        busy={save.isPending}
        error={save.error}
        onCancel={onCancel}
        save={store === null ? "Add" : "Save"}
      />
    </form>
  );
}
