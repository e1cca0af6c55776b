import { Button } from "@metrica/ui/button.tsx";
import { Dialog } from "@metrica/ui/dialog.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { useEffect, useRef, useState } from "react";
import { errorMessage } from "./error-message.ts";

interface ArchivePanelProps {
  what: "camera" | "store";
  name: string;
  description: string;
  /** What archiving does, one sentence each. */
  consequences: readonly string[];
  archive: { mutate: () => void; isPending: boolean; error: Error | null };
}

/** A button that archives a camera or a store, and a dialog that explains the consequences. */
export function ArchivePanel({ what, name, description, consequences, archive }: ArchivePanelProps) {
  const [open, setOpen] = useState(false);
  const confirmed = useRef(false);

  // Archiving removes this panel with the focused button. Move the focus to the page.
  useEffect(
    () => () => {
      if (confirmed.current) document.getElementById("content")?.focus();
    },
    [],
  );

  return (
    <section
      aria-label="Archive"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-2xl border border-line px-5 py-4 sm:px-6"
    >
      <p className="text-[13px] text-ink-soft">{description}</p>
      <Button data-testid="archive" variant="destructive-outline" onClick={() => setOpen(true)} size="small">
        Archive {what}
      </Button>
      <Dialog onClose={() => setOpen(false)} open={open} title={`Archive ${name}?`}>
        <div className="grid gap-4">
          <ul
            className="grid list-disc gap-1.5 pl-4 text-ink-soft text-sm"
            data-testid="archive-consequences"
          >
            {consequences.map((consequence) => (
              <li key={consequence}>{consequence}</li>
            ))}
          </ul>
          {archive.error !== null && <Notice tone="critical">{errorMessage(archive.error)}</Notice>}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button
              busy={archive.isPending}
              data-testid="archive-confirm"
              variant="destructive"
              onClick={() => {
                confirmed.current = true;
                archive.mutate();
              }}
            >
              Archive
            </Button>
          </div>
        </div>
      </Dialog>
    </section>
  );
}
