import { t } from "@lingui/core/macro";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from "@metrica/ui/components/ui/dialog.tsx";
import { type KeyDescription, KeyTable } from "@metrica/ui/keyboard/key-table.tsx";
import { helpKeys, paletteKeys, searchKeys } from "@metrica/ui/keyboard/shortcuts.ts";
import { addCatalogue } from "@metrica/ui/language/catalogues.ts";
import { pageKeys } from "#shared/page-keys.ts";

// The dialog opens on any page. No page loads its messages.
await addCatalogue((language) => import(`./locales/${language}.po`));

/** The keys of the pages, and what they do. */
function describeKeys(): KeyDescription[] {
  return [
    { keys: [paletteKeys], meaning: t`Search and commands: stores, cameras, pages, actions` },
    { keys: [pageKeys.stores], meaning: t`Stores and cameras` },
    { keys: [pageKeys.audit], meaning: t`Audit log` },
    { keys: [searchKeys], meaning: t`Search stores and cameras` },
    { keys: [helpKeys], meaning: t`This list` },
  ];
}

/** The keys of a counting line, while an end of it or a button below has the focus. */
function describeLineKeys(): KeyDescription[] {
  return [
    {
      keys: ["arrowleft", "arrowright", "arrowup", "arrowdown"],
      meaning: t`Move the end by one pixel, with Shift by ten`,
    },
    { keys: ["mod+z"], meaning: t`Undo` },
    { keys: ["mod+y"], meaning: t`Redo` },
  ];
}

/** The dialog with the keys of the pages. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog onOpenChange={(open) => !open && onClose()} open>
      <DialogContent data-testid="keys">
        <DialogHeader>
          <DialogTitle>{t`Keyboard shortcuts`}</DialogTitle>
          <DialogDescription>{t`The shortcuts can be switched off in the settings.`}</DialogDescription>
        </DialogHeader>
        <KeyTable rows={describeKeys()} />
        <h3 className="font-medium text-sm">{t`At a counting line`}</h3>
        <KeyTable rows={describeLineKeys()} />
      </DialogContent>
    </Dialog>
  );
}
