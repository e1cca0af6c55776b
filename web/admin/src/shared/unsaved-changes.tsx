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
import { useBlocker } from "@tanstack/react-router";

interface UnsavedChangesProps {
  unsaved: boolean;
  /** What is lost: `The changes of the counting line are not saved.` */
  message: string;
}

/** Asks before the page is left while something is not saved. */
export function UnsavedChanges({ unsaved, message }: UnsavedChangesProps) {
  const blocker = useBlocker({
    shouldBlockFn: () => unsaved,
    enableBeforeUnload: () => unsaved,
    withResolver: true,
  });
  return (
    <AlertDialog onOpenChange={(open) => !open && blocker.reset?.()} open={blocker.status === "blocked"}>
      <AlertDialogContent data-testid="unsaved-changes">
        <AlertDialogTitle>{t`Leave without saving?`}</AlertDialogTitle>
        <AlertDialogDescription>{message}</AlertDialogDescription>
        <AlertDialogFooter>
          <Button onClick={() => blocker.reset?.()} type="button" variant="outline">
            <Trans>Stay on this page</Trans>
          </Button>
          <Button onClick={() => blocker.proceed?.()} type="button" variant="destructive">
            <Trans>Leave without saving</Trans>
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
