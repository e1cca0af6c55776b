import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@metrica/ui/components/ui/dialog.tsx";
import { errorText } from "@metrica/ui/error-text.ts";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { numberText } from "@metrica/ui/form/rules.ts";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { useServices } from "#shared/services.ts";
import { useResetOccupancy } from "./api/reset-occupancy.ts";

const schema = z.object({ occupancy: numberText({ min: 0, max: 100_000, whole: true }) });

interface OccupancyResetDialogProps {
  storeId: string;
  occupancy: number | null;
  onClose: () => void;
}

/** The dialog to set the occupancy. Counting continues from the new value. */
export function OccupancyResetDialog({ storeId, occupancy, onClose }: OccupancyResetDialogProps) {
  const { owner } = useServices();
  const reset = useResetOccupancy(owner, storeId);
  const { control, handleSubmit } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: { occupancy: String(occupancy ?? 0) },
  });

  return (
    <Dialog onOpenChange={(open) => !open && onClose()} open>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>
            <Trans>Correct occupancy</Trans>
          </DialogTitle>
          <DialogDescription>
            <Trans>
              Count the people in the store and enter the number. Counting continues from this number. The
              visitors of today do not change.
            </Trans>
          </DialogDescription>
        </DialogHeader>
        <form
          className="grid gap-4"
          noValidate
          onSubmit={handleSubmit(({ occupancy }) => reset.mutate(occupancy, { onSuccess: onClose }))}
        >
          <InputField
            control={control}
            data-testid="reset-occupancy"
            description={t`Enter 0 if the store is empty.`}
            inputMode="numeric"
            label={t`People inside now`}
            name="occupancy"
          />
          {reset.error !== null && (
            <Alert variant="destructive">
              <AlertDescription>{errorText(reset.error)}</AlertDescription>
            </Alert>
          )}
          <DialogFooter>
            <Button onClick={onClose} type="button" variant="outline">
              <Trans>Cancel</Trans>
            </Button>
            <Button data-testid="reset-save" disabled={reset.isPending} type="submit">
              <Trans>Save</Trans>
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
