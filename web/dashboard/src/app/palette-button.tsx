import { t } from "@lingui/core/macro";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { Search } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { usePaletteKey } from "#features/store/shortcuts.ts";

const CommandPalette = lazy(() =>
  import("#features/palette/command-palette.tsx").then((module) => ({ default: module.CommandPalette })),
);

/** The button that opens the palette, as the key does. The palette loads when it is opened first. */
export function PaletteButton() {
  const [open, setOpen] = useState(false);
  usePaletteKey(() => setOpen(true));
  return (
    <>
      <Button
        aria-haspopup="dialog"
        // eslint-disable-next-line lingui/no-unlocalized-strings -- names of keys
        aria-keyshortcuts="Meta+K Control+K"
        aria-label={t`Search and commands`}
        data-testid="palette-open"
        onClick={() => setOpen(true)}
        size="icon"
        type="button"
        variant="ghost"
      >
        <Search />
      </Button>
      {open && (
        <Suspense>
          <CommandPalette onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
