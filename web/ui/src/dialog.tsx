import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog, based on the HTML `dialog` element. It keeps the focus inside and closes with Escape. */
export function Dialog({ title, open, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    if (open && !dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("input, select, textarea")?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);

  return (
    <dialog
      aria-labelledby={id}
      className="m-auto w-[min(30rem,calc(100vw-2rem))] rounded-2xl border border-line bg-surface p-0 text-ink shadow-card backdrop:bg-ink/30 backdrop:backdrop-blur-[2px] dark:backdrop:bg-black/60"
      onClose={onClose}
      ref={element}
    >
      {open && (
        <div className="p-6">
          <header className="mb-4 flex items-start justify-between gap-4">
            <h2 className="font-semibold text-lg tracking-tight" id={id}>
              {title}
            </h2>
            <Button
              aria-label="Close"
              className="-mt-1.5 -mr-1.5"
              variant="ghost"
              onClick={onClose}
              size="icon"
            >
              <Icon name="close" />
            </Button>
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}
