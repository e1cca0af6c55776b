import { t } from "@lingui/core/macro";
import { type ReactNode, useEffect, useRef, useState } from "react";
import {
  AlertDialog,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogTitle,
} from "../components/ui/alert-dialog.tsx";
import { Button } from "../components/ui/button.tsx";
import { Dialog, DialogContent, DialogHeader, DialogTitle } from "../components/ui/dialog.tsx";

interface FormDialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  /** Whether Escape does not close the dialog, because what it shows is not shown again. */
  keepOpen?: boolean;
  children: ReactNode;
}

/**
 * A dialog with a form. A click beside it does not close it. Escape and the close button ask first when something was entered, so that
 * it is not lost.
 */
export function FormDialog({ title, open, onClose, keepOpen = false, children }: FormDialogProps) {
  const edited = useRef(false);
  const [asking, setAsking] = useState(false);

  useEffect(() => {
    if (open) return;
    edited.current = false;
    setAsking(false);
  }, [open]);

  function close() {
    if (edited.current && !keepOpen) setAsking(true);
    else onClose();
  }

  return (
    <Dialog onOpenChange={(next) => !next && close()} open={open}>
      <DialogContent
        onEscapeKeyDown={(event) => {
          if (keepOpen) event.preventDefault();
        }}
        onInput={() => {
          edited.current = true;
        }}
        onPointerDownOutside={(event) => event.preventDefault()}
      >
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
        </DialogHeader>
        {children}
        <AlertDialog onOpenChange={setAsking} open={asking}>
          <AlertDialogContent data-testid="discard-question">
            <AlertDialogTitle>{t`Discard what you entered?`}</AlertDialogTitle>
            <AlertDialogDescription>{t`It is not saved.`}</AlertDialogDescription>
            <AlertDialogFooter>
              <Button onClick={() => setAsking(false)} type="button" variant="outline">
                {t`Keep editing`}
              </Button>
              <Button data-testid="discard-confirm" onClick={onClose} type="button" variant="destructive">
                {t`Discard`}
              </Button>
            </AlertDialogFooter>
          </AlertDialogContent>
        </AlertDialog>
      </DialogContent>
    </Dialog>
  );
}
