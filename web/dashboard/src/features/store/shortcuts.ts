import { shortcutsPreference } from "@metrica/ui/preference.ts";
import { useEffect, useEffectEvent } from "react";

/** An action of the store page that has a keyboard shortcut. */
export type Shortcut = "day" | "week" | "month" | "year" | "today" | "back" | "forward" | "compare";

const shortcutsByKey: ReadonlyMap<string, Shortcut> = new Map([
  ["d", "day"],
  ["w", "week"],
  ["m", "month"],
  ["y", "year"],
  ["t", "today"],
  ["arrowleft", "back"],
  ["arrowright", "forward"],
  ["x", "compare"],
]);

/** Elements that use the keys themselves: inputs, selects, dialogs. */
const interactiveElements =
  "input, textarea, select, [contenteditable]:not([contenteditable='false']), [role='dialog'], [role='alertdialog'], [role='menu'], [role='slider'], [role='listbox']";

/** Regions that scroll with the arrow keys while they have the focus. */
const scrollRegions = "[data-slot='horizontal-scroll']";

/** The properties of a keyboard event that identify a shortcut. */
export interface KeyPress {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  defaultPrevented: boolean;
  isComposing: boolean;
}

/** Returns the shortcut of a key press; undefined with a modifier, during text composition and for handled events. */
export function toShortcut(press: KeyPress): Shortcut | undefined {
  if (press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return undefined;
  if (press.defaultPrevented || press.isComposing) return undefined;
  return shortcutsByKey.get(press.key.toLowerCase());
}

/** Calls `onShortcut` for each shortcut, except inside inputs, menus and dialogs, and when the user has switched shortcuts off. */
export function useShortcuts(onShortcut: (shortcut: Shortcut) => void): void {
  useKeys(toShortcut, onShortcut);
}

/** Calls `onHelp` for the key `?`, except where `useShortcuts` has exceptions. */
export function useHelpKey(onHelp: () => void): void {
  useKeys((press) => (isHelpKey(press) ? "help" : undefined), onHelp);
}

/** Whether a key press asks for help. `?` needs the shift key on most keyboards. */
export function isHelpKey({
  key,
  altKey,
  ctrlKey,
  metaKey,
  defaultPrevented,
  isComposing,
}: KeyPress): boolean {
  return key === "?" && !(altKey || ctrlKey || metaKey || defaultPrevented || isComposing);
}

/** Calls `onOpen` for ⌘K and Ctrl+K, except where `useShortcuts` has exceptions. */
export function usePaletteKey(onOpen: () => void): void {
  useKeys((press) => (isPaletteKey(press) ? "palette" : undefined), onOpen);
}

/** Whether a key press asks for the palette. */
export function isPaletteKey(press: KeyPress): boolean {
  const { key, altKey, ctrlKey, metaKey, shiftKey, defaultPrevented, isComposing } = press;
  return (
    key.toLowerCase() === "k" &&
    ctrlKey !== metaKey &&
    !(altKey || shiftKey || defaultPrevented || isComposing)
  );
}

function useKeys<Name>(toName: (press: KeyPress) => Name | undefined, onName: (name: Name) => void): void {
  const handleKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (shortcutsPreference.get() === "off") return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(interactiveElements)) return;
    if (event.key.startsWith("Arrow") && target?.matches(scrollRegions)) return;
    const name = toName(event);
    if (name === undefined) return;
    event.preventDefault();
    onName(name);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handleKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
