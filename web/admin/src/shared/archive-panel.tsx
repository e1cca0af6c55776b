import { Button } from "@metrica/ui/button.tsx";
import { Dialog } from "@metrica/ui/dialog.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { useEffect, useRef, useState } from "react";
import { faultWords } from "./fault-words.ts";

interface ArchivePanelProps {
  what: "camera" | "store";
  name: string;
  hint: string;
  /** What happens to the history, and to those who use it, one sentence each. */
  consequences: readonly string[];
  archive: { mutate: () => void; isPending: boolean; error: Error | null };
}

/** Takes something out of use, after saying what that does and what it leaves alone. */
export function ArchivePanel({ what, name, hint, consequences, archive }: ArchivePanelProps) {
  const [asking, setAsking] = useState(false);
  const confirmed = useRef(false);

  // What is archived has no such panel: with it goes the button that had the focus, which the page then takes.
  useEffect(
    () => () => {
      if (confirmed.current) document.getElementById("content")?.focus();
    },
    [],
  );

  return (
    <section
      aria-label="Out of use"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-2xl border border-line px-5 py-4 sm:px-6"
    >
      <p className="text-[13px] text-ink-soft">{hint}</p>
      <Button data-testid="archive" look="danger" onClick={() => setAsking(true)} size="small">
        Archive the {what}
      </Button>
      <Dialog onClose={() => setAsking(false)} open={asking} title={`Archive ${name}?`}>
        <div className="grid gap-4">
          <ul
            className="grid list-disc gap-1.5 pl-4 text-ink-soft text-sm"
            data-testid="archive-consequences"
          >
            {consequences.map((consequence) => (
              <li key={consequence}>{consequence}</li>
            ))}
          </ul>
          {archive.error !== null && <Notice tone="critical">{faultWords(archive.error)}</Notice>}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button
              busy={archive.isPending}
              data-testid="archive-confirm"
              look="grave"
              onClick={() => {
                confirmed.current = true;
                archive.mutate();
              }}
            >
              Archive it
            </Button>
          </div>
        </div>
      </Dialog>
    </section>
  );
}
