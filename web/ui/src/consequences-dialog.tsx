import { t } from "@lingui/core/macro";
import { useEffect, useRef } from "react";
import { Alert, AlertDescription } from "./components/ui/alert.tsx";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogTitle,
} from "./components/ui/alert-dialog.tsx";
import { Button } from "./components/ui/button.tsx";
import { errorMessage } from "./error-message.ts";

interface ConsequencesDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What the action does, one sentence each. */
  consequences: readonly string[];
  action: { mutate: () => void; isPending: boolean; error: Error | null };
  label: string;
  variant: "default" | "destructive";
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
    <AlertDialog onOpenChange={(next) => !next && onClose()} open={open}>
      <AlertDialogContent>
        <AlertDialogTitle>{title}</AlertDialogTitle>
        <AlertDialogDescription asChild>
          <ul className="grid list-disc gap-1.5 pl-4" data-testid={`${testId}-consequences`}>
            {consequences.map((consequence) => (
              <li key={consequence}>{consequence}</li>
            ))}
          </ul>
        </AlertDialogDescription>
        {action.error !== null && (
          <Alert variant="destructive">
            <AlertDescription>{errorMessage(action.error)}</AlertDescription>
          </Alert>
        )}
        <AlertDialogFooter>
          <AlertDialogCancel asChild>
            <Button type="button" variant="outline">
              {t`Cancel`}
            </Button>
          </AlertDialogCancel>
          <Button
            data-testid={`${testId}-confirm`}
            disabled={action.isPending}
            onClick={() => {
              confirmed.current = true;
              action.mutate();
            }}
            type="button"
            variant={variant}
          >
            {label}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
