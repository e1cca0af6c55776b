import { Trans } from "@lingui/react/macro";
import { shortcutsPreference } from "@metrica/ui/preference.ts";
import { usePreference } from "@metrica/ui/use-preference.ts";
import type { ReactNode } from "react";

/** The keys of the page, on screens of a computer. */
export function ShortcutsHint() {
  const [shortcuts] = usePreference(shortcutsPreference);
  if (shortcuts === "off") return null;
  return (
    <p className="hidden text-center text-muted-foreground text-xs sm:block print:hidden">
      <Trans>
        <Key>D</Key> <Key>W</Key> <Key>M</Key> <Key>Y</Key> period · <Key>←</Key> <Key>→</Key> previous, next
        · <Key>T</Key> today · <Key>X</Key> compare · <Key>?</Key> help · switch them off in the settings
      </Trans>
    </p>
  );
}

function Key({ children }: { children?: ReactNode }) {
  return (
    <kbd className="rounded border border-border bg-card px-1.5 py-0.5 font-sans text-[11px]">{children}</kbd>
  );
}
