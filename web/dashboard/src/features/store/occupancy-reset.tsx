import { Button } from "@metrica/ui/button.tsx";
import { Dialog } from "@metrica/ui/dialog.tsx";
import { Field } from "@metrica/ui/field.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { type SubmitEvent, useState } from "react";
import { useServices } from "#shared/services.ts";
import { useResetOccupancy } from "./api/reset-occupancy.ts";

/** A button and a dialog to set the occupancy. Counting continues from the new value. */
export function OccupancyReset({ storeId, occupancy }: { storeId: string; occupancy: number | null }) {
  const [open, setOpen] = useState(false);
  const { owner } = useServices();
  const reset = useResetOccupancy(owner, storeId);

  function close() {
    setOpen(false);
    reset.reset();
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const people = Number(new FormData(event.currentTarget).get("occupancy"));
    reset.mutate(people, { onSuccess: close });
  }

  return (
    <>
      <Button data-testid="reset-open" onClick={() => setOpen(true)} size="small">
        Correct occupancy
      </Button>
      <Dialog onClose={close} open={open} title="Correct occupancy">
        <form className="grid gap-4" onSubmit={submit}>
          <p className="text-ink-soft text-sm">
            Count the people in the store and enter the number. Counting continues from this number. The
            visitors of today do not change.
          </p>
          <Field
            data-testid="reset-occupancy"
            defaultValue={occupancy ?? 0}
            hint="Enter 0 if the store is empty."
            inputMode="numeric"
            label="People inside now"
            max={100_000}
            min={0}
            name="occupancy"
            required
            step={1}
            type="number"
          />
          {reset.error !== null && <Notice tone="critical">{reset.error.message}</Notice>}
          <div className="flex justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <Button busy={reset.isPending} data-testid="reset-save" variant="primary" type="submit">
              Save
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
