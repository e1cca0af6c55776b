import { t } from "@lingui/core/macro";
import type { CompareMode } from "@metrica/client/owner.ts";

/** Returns the name of a mode in the menu of the comparison. */
export function compareLabel(mode: CompareMode): string {
  const labels: Record<CompareMode, string> = {
    previous: t`Previous period`,
    year: t`Last year`,
    none: t({ message: "Off", context: "comparison" }),
  };
  return labels[mode];
}

/** Returns the text of the button that opens the menu. */
export function compareButtonLabel(mode: CompareMode): string {
  const labels: Record<CompareMode, string> = {
    previous: t`Compare: previous period`,
    year: t`Compare: last year`,
    none: t`Compare: off`,
  };
  return labels[mode];
}
