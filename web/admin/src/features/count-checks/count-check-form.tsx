import type { CountCheckCreate } from "@metrica/client/admin.ts";
import { Field } from "@metrica/ui/field.tsx";
import { dayAndTime } from "@metrica/ui/format/time.ts";
import { type SubmitEvent, useState } from "react";
import { FormActions } from "#shared/form-actions.tsx";
import { useServices } from "#shared/services.ts";
import { useAddCountCheck } from "./api/count-checks.ts";
import { lastFullHour, momentOf } from "./wall-clock.ts";

const dayMs = 86_400_000;

interface CountCheckFormProps {
  cameraId: string;
  timezone: string;
  /** Until when the edge box has handed over what it counted; null when it cannot say. */
  deliveredUntil: string | null;
  onDone: () => void;
}

/** What a person counted at this line, in and out, in a window that is over. */
export function CountCheckForm({ cameraId, timezone, deliveredUntil, onDone }: CountCheckFormProps) {
  const { admin } = useServices();
  const add = useAddCountCheck(admin, cameraId);
  const [usual] = useState(() => lastFullHour(Date.now(), timezone));
  const [problems, setProblems] = useState<{ start?: string; end?: string }>({});

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "").trim();
    const window = { start: momentOf(text("start"), timezone), end: momentOf(text("end"), timezone) };
    const found = windowProblems(window.start, window.end);
    setProblems(found);
    if (window.start === undefined || window.end === undefined || Object.keys(found).length > 0) return;
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
        Count the people who cross this line, in a window that is over. Ours is what has arrived of that
        window by now
        {deliveredUntil !== null && (
          <>: the edge box has delivered until {dayAndTime(deliveredUntil, timezone)}</>
        )}
        .
      </p>
      <div className="grid grid-cols-1 gap-4">
        <Field
          data-testid="check-start"
          defaultValue={usual.start}
          error={problems.start}
          label="From"
          name="start"
          required
          type="datetime-local"
        />
        <Field
          data-testid="check-end"
          defaultValue={usual.end}
          error={problems.end}
          label="Until"
          name="end"
          required
          type="datetime-local"
        />
      </div>
      <p className="-mt-2 text-[13px] text-ink-faint">
        By the store's own clock, {timezone.replaceAll("_", " ")}; a day at most.
      </p>
      <div className="grid grid-cols-2 gap-4">
        <CountField label="Came in" name="manual_in" />
        <CountField label="Went out" name="manual_out" />
      </div>
      <Field label="Note" maxLength={500} name="note" placeholder="who counted, what was odd" />
      <FormActions busy={add.isPending} error={add.error} onCancel={onDone} save="Compare" />
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

function windowProblems(
  start: number | undefined,
  end: number | undefined,
): { start?: string; end?: string } {
  if (start === undefined) return { start: "The store's clocks skip this time." };
  if (end === undefined) return { end: "The store's clocks skip this time." };
  if (end <= start) return { end: "It must end after it began." };
  if (end - start > dayMs) return { end: "A window is a day at most." };
  if (end > Date.now()) return { end: "The window is not over yet." };
  return {};
}
