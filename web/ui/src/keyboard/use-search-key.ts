import type { RefObject } from "react";
import { searchKeys, useShortcuts } from "./shortcuts.ts";

/** Lets the key `/` lead to a field that searches a list. */
export function useSearchKey(field: RefObject<HTMLElement | null>): void {
  useShortcuts({ [searchKeys]: () => field.current?.focus() });
}
