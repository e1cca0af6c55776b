import { useEffect, useEffectEvent } from "react";
import { shortcutsPreference } from "../preference.ts";

/** The keys that do the same in both apps. */
export const paletteKeys = "mod+k";
export const searchKeys = "/";
export const helpKeys = "?";

/**
 * What keys do, by their names: a key in lower case (`d`, `?`, `arrowleft`), two keys one after the other (`g s`), or `mod+` and a
 * key: with the command key or the control key.
 */
export type Shortcuts = Readonly<Record<string, () => void>>;

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

/** Elements that use the keys themselves: inputs, selects, dialogs. */
const interactiveElements =
  "input, textarea, select, [contenteditable]:not([contenteditable='false']), [role='dialog'], [role='alertdialog'], [role='menu'], [role='slider'], [role='listbox']";

/** Regions that scroll with the arrow keys while they have the focus. */
const scrollRegions = "[data-slot='horizontal-scroll']";

/** The second of two keys comes within this time, in milliseconds. */
const sequenceTimeoutMs = 1500;

/** The shortcuts of what is on the page. */
const registered = new Set<() => Shortcuts>();

/** The first key of a shortcut with two keys, and when it was pressed. */
let pending: { key: string; at: number } | null = null;

/**
 * Returns the name of a key press as in `Shortcuts`; undefined with other modifiers, during text composition and for handled events.
 * Shift does not count for a symbol: `?` needs it on most keyboards, and `/` on some.
 */
export function nameKey(press: KeyPress): string | undefined {
  if (press.defaultPrevented || press.isComposing || press.altKey) return undefined;
  const key = press.key.toLowerCase();
  if (press.ctrlKey && press.metaKey) return undefined;
  const isSymbol = key.length === 1 && key === key.toUpperCase();
  if (press.shiftKey && !isSymbol) return undefined;
  return press.ctrlKey || press.metaKey ? `mod+${key}` : key;
}

/**
 * Does what the keys of a component say while it is on the page, except inside inputs, menus and dialogs, and when the user has
 * switched shortcuts off. No two components on a page may have the same keys.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useEffectEvent(() => shortcuts);
  useEffect(() => {
    const read = () => current();
    if (registered.size === 0) window.addEventListener("keydown", handleKeyDown);
    registered.add(read);
    return () => {
      registered.delete(read);
      if (registered.size === 0) window.removeEventListener("keydown", handleKeyDown);
    };
  }, []);
}

function handleKeyDown(event: KeyboardEvent): void {
  if (shortcutsPreference.get() === "off" || isUsedElsewhere(event)) return;
  const key = nameKey(event);
  if (key === undefined) return;
  const first = pending !== null && event.timeStamp - pending.at < sequenceTimeoutMs ? pending.key : null;
  pending = null;
  const all = [...registered].map((read) => read());
  const action = (first === null ? undefined : findAction(all, `${first} ${key}`)) ?? findAction(all, key);
  if (action !== undefined) {
    event.preventDefault();
    action();
  } else if (all.some((shortcuts) => Object.keys(shortcuts).some((name) => name.startsWith(`${key} `)))) {
    pending = { key, at: event.timeStamp };
  }
}

function findAction(all: readonly Shortcuts[], name: string): (() => void) | undefined {
  return all.find((shortcuts) => Object.hasOwn(shortcuts, name))?.[name];
}

/** Whether the keys belong to what has the focus, or to a modal dialog, which makes the page inert. */
function isUsedElsewhere(event: KeyboardEvent): boolean {
  if (document.getElementById("root")?.inert === true) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target === null) return false;
  if (target.closest(interactiveElements) !== null) return true;
  return event.key.startsWith("Arrow") && target.matches(scrollRegions);
}
