import { t } from "@lingui/core/macro";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { lazyDialog } from "@metrica/ui/lazy-dialog.tsx";
import { useState } from "react";

const ConsequencesDialog = lazyDialog(() =>
  import("@metrica/ui/consequences-dialog.tsx").then((module) => module.ConsequencesDialog),
);

interface ArchivePanelProps {
  /** `Archive camera` */
  label: string;
  name: string;
  description: string;
  /** What archiving does, one sentence each. */
  consequences: readonly string[];
  archive: { mutate: () => void; isPending: boolean; error: Error | null };
}

/** A button that archives a camera or a store, and a dialog that explains the consequences. */
export function ArchivePanel({ label, name, description, consequences, archive }: ArchivePanelProps) {
  const [open, setOpen] = useState(false);

  return (
    <section
      aria-label={t`Archive`}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-2xl border border-border px-5 py-4 sm:px-6"
    >
      <p className="text-[13px] text-muted-foreground">{description}</p>
      <Button
        type="button"
        data-testid="archive"
        variant="outline"
        className="text-destructive hover:bg-destructive-muted hover:text-destructive"
        onClick={() => setOpen(true)}
        size="sm"
      >
        {label}
      </Button>
      {open && (
        <ConsequencesDialog
          action={archive}
          consequences={consequences}
          label={t`Archive`}
          onClose={() => setOpen(false)}
          open
          testId="archive"
          title={t`Archive ${name}?`}
          variant="destructive"
        />
      )}
    </section>
  );
}
