import { Button } from "@metrica/ui/button.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { errorMessage } from "./error-message.ts";

interface FormActionsProps {
  submitLabel: string;
  busy: boolean;
  error: Error | null;
  onCancel: () => void;
}

/** The error and the buttons of a form in a dialog. */
export function FormActions({ submitLabel, busy, error, onCancel }: FormActionsProps) {
  return (
    <>
      {error !== null && <Notice tone="critical">{errorMessage(error)}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button busy={busy} data-testid="form-save" variant="primary" type="submit">
          {submitLabel}
        </Button>
      </div>
    </>
  );
}
