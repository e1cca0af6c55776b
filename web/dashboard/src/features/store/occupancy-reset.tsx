import { Trans } from "@lingui/react/macro";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { lazy, Suspense, useState } from "react";

const OccupancyResetDialog = lazy(() =>
  import("./occupancy-reset-dialog.tsx").then((module) => ({ default: module.OccupancyResetDialog })),
);

interface OccupancyResetProps {
  storeId: string;
  occupancy: number | null;
}

/** A button that opens the dialog to set the occupancy. The dialog loads with the first click. */
export function OccupancyReset({ storeId, occupancy }: OccupancyResetProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        data-testid="reset-open"
        onClick={() => setOpen(true)}
        size="sm"
        type="button"
        variant="outline"
      >
        <Trans>Correct occupancy</Trans>
      </Button>
      {open && (
        <Suspense>
          <OccupancyResetDialog occupancy={occupancy} onClose={() => setOpen(false)} storeId={storeId} />
        </Suspense>
      )}
    </>
  );
}
