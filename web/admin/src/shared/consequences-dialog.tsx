import { Button } from "@metrica/ui/button.tsx";
import { Dialog } from "@metrica/ui/dialog.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { useEffect, useRef } from "react";
import { errorMessage } from "./error-message.ts";

interface ConsequencesDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What the action does, one sentence each. */
  consequences: readonly string[];
  action: { mutate: () => void; isPending: boolean; error: Error | null };
  label: string;
  variant: "primary" | "destructive";
  /** The list gets `${testId}-consequences`, the button `${testId}-confirm`. */
  testId: string;
}

/** A dialog that explains what an action does before it is done. */
export function ConsequencesDialog({
  open,
  onClose,
  title,
  consequences,
  action,
  label,
  variant,
  testId,
}: ConsequencesDialogProps) {
  const confirmed = useRef(false);

  // The action can remove the part of the page with the focused button. Move the focus to the page.
  useEffect(
    () => () => {
      if (confirmed.current) document.getElementById("content")?.focus();
    },
    [],
  );

  return (
    <Dialog onClose={onClose} open={open} title={title}>
      <div className="grid gap-4">
        <ul
          className="grid list-disc gap-1.5 pl-4 text-ink-soft text-sm"
          data-testid={`${testId}-consequences`}
        >
          {consequences.map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
        </ul>
        {action.error !== null && <Notice tone="critical">{errorMessage(action.error)}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            busy={action.isPending}
            data-testid={`${testId}-confirm`}
            onClick={() => {
              confirmed.current = true;
              action.mutate();
            }}
            variant={variant}
          >
            {label}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
