import { t } from "@lingui/core/macro";
import { Alert, AlertDescription } from "../components/ui/alert.tsx";
import { Button } from "../components/ui/button.tsx";
import { errorMessage } from "../error-message.ts";

interface FormActionsProps {
  submitLabel: string;
  busy: boolean;
  error: Error | null;
  /** Without it there is nothing to cancel. */
  onCancel?: (() => void) | undefined;
}

/** The error and the buttons of a form. */
export function FormActions({ submitLabel, busy, error, onCancel }: FormActionsProps) {
  return (
    <>
      {error !== null && (
        <Alert variant="destructive">
          <AlertDescription>{errorMessage(error)}</AlertDescription>
        </Alert>
      )}
      <div className="flex justify-end gap-2">
        {onCancel !== undefined && (
          <Button type="button" variant="outline" onClick={onCancel}>
            {t`Cancel`}
          </Button>
        )}
        <Button disabled={busy} data-testid="form-save" type="submit">
          {submitLabel}
        </Button>
      </div>
    </>
  );
}
