/** What a key does on a store's page. */
export type Shortcut = "day" | "week" | "month" | "back" | "forward" | "compare";

const keys: ReadonlyMap<string, Shortcut> = new Map([
  ["d", "day"],
  ["w", "week"],
  ["m", "month"],
  ["arrowleft", "back"],
  ["arrowright", "forward"],
  ["x", "compare"],
]);

/** The part of a keyboard event that decides. */
export interface KeyPress {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  defaultPrevented: boolean;
  isComposing: boolean;
}

/** The shortcut of a key press; none with a modifier held, while composing, or when somebody else has used the key. */
export function shortcutOf(press: KeyPress): Shortcut | undefined {
  if (press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return undefined;
  if (press.defaultPrevented || press.isComposing) return undefined;
  return keys.get(press.key.toLowerCase());
}

/** Elements in which keys belong to what is typed or chosen there, and everything inside a dialog. */
export const typingPlaces =
  "input, textarea, select, [contenteditable]:not([contenteditable='false']), dialog, [role='slider'], [role='listbox']";
