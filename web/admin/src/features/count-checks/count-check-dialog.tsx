import { t } from "@lingui/core/macro";
import { FormDialog } from "@metrica/ui/form/form-dialog.tsx";
import type { ComponentProps } from "react";
import { CountCheckForm } from "./count-check-form.tsx";

type CountCheckDialogProps = Omit<ComponentProps<typeof CountCheckForm>, "onDone"> & { onClose: () => void };

/** The dialog that enters a manual count. */
export function CountCheckDialog({ onClose, ...props }: CountCheckDialogProps) {
  return (
    <FormDialog onClose={onClose} open title={t`Add count check`}>
      <CountCheckForm {...props} onDone={onClose} />
    </FormDialog>
  );
}
