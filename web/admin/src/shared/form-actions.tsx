import { Button } from "@metrica/ui/button.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { faultWords } from "./fault-words.ts";

interface FormActionsProps {
  save: string;
  busy: boolean;
  error: Error | null;
  onCancel: () => void;
}

/** The end of a form in a dialog: what went wrong, cancel, save. */
export function FormActions({ save, busy, error, onCancel }: FormActionsProps) {
  return (
    <>
      {error !== null && <Notice tone="critical">{faultWords(error)}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button busy={busy} data-testid="form-save" look="primary" type="submit">
          {save}
        </Button>
      </div>
    </>
  );
}
