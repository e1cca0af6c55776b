import type { ReactNode } from "react";
import { Dialog, DialogContent, DialogHeader, DialogTitle } from "../components/ui/dialog.tsx";

interface FormDialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  /** Whether Escape does not close the dialog, because what it shows is not shown again. */
  keepOpen?: boolean;
  children: ReactNode;
}

/** A dialog with a form. A click beside it does not close it, so that the entered text is not lost. */
export function FormDialog({ title, open, onClose, keepOpen = false, children }: FormDialogProps) {
  return (
    <Dialog onOpenChange={(next) => !next && onClose()} open={open}>
      <DialogContent
        onEscapeKeyDown={(event) => {
          if (keepOpen) event.preventDefault();
        }}
        onPointerDownOutside={(event) => event.preventDefault()}
      >
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
        </DialogHeader>
        {children}
      </DialogContent>
    </Dialog>
  );
}
