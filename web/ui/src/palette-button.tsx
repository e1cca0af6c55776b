import { t } from "@lingui/core/macro";
import { Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "./components/ui/button.tsx";
import { paletteKeys, useShortcuts } from "./keyboard/shortcuts.ts";

interface PaletteButtonProps {
  /** Returns the palette of the app, a `lazyDialog`. */
  children: (onClose: () => void) => ReactNode;
}

/** The button that opens the palette, as the keys do. */
export function PaletteButton({ children }: PaletteButtonProps) {
  const [open, setOpen] = useState(false);
  useShortcuts({ [paletteKeys]: () => setOpen(true) });
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
      {open && children(() => setOpen(false))}
    </>
  );
}
