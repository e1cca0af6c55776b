import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import {
  AlertDialog,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogTitle,
} from "@metrica/ui/components/ui/alert-dialog.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";

interface LeaveDialogProps {
  /** What is lost. */
  message: string;
  onStay: () => void;
  onLeave: () => void;
}

/** The question before a page with unsaved changes is left. */
export function LeaveDialog({ message, onStay, onLeave }: LeaveDialogProps) {
  return (
    <AlertDialog onOpenChange={(open) => !open && onStay()} open>
      <AlertDialogContent data-testid="unsaved-changes">
        <AlertDialogTitle>{t`Leave without saving?`}</AlertDialogTitle>
        <AlertDialogDescription>{message}</AlertDialogDescription>
        <AlertDialogFooter>
          <Button onClick={onStay} type="button" variant="outline">
            <Trans>Stay on this page</Trans>
          </Button>
          <Button onClick={onLeave} type="button" variant="destructive">
            <Trans>Leave without saving</Trans>
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
