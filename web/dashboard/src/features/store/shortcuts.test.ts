import { describe, expect, it } from "vitest";
import { isHelpKey, type KeyPress, toShortcut } from "./shortcuts.ts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  defaultPrevented: false,
  isComposing: false,
  ...more,
});

describe("toShortcut", () => {
  it.each([
    ["d", "day"],
    ["W", "week"],
    ["m", "month"],
    ["ArrowLeft", "back"],
    ["ArrowRight", "forward"],
    ["x", "compare"],
    ["y", "year"],
    ["t", "today"],
  ])("%s is %s", (key, shortcut) => {
    expect(toShortcut(press(key))).toBe(shortcut);
  });

  it("ignores keys with a modifier: they belong to the browser", () => {
    for (const modifier of ["altKey", "ctrlKey", "metaKey", "shiftKey"] as const) {
      expect(toShortcut(press("d", { [modifier]: true }))).toBeUndefined();
    }
  });

  it("ignores keys during text composition and handled events", () => {
    expect(toShortcut(press("d", { isComposing: true }))).toBeUndefined();
    expect(toShortcut(press("ArrowLeft", { defaultPrevented: true }))).toBeUndefined();
  });

  it("ignores other keys", () => {
    expect(toShortcut(press("q"))).toBeUndefined();
    expect(toShortcut(press("constructor"))).toBeUndefined();
  });
});

describe("the key for help", () => {
  const press = {
    key: "?",
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: true,
    defaultPrevented: false,
    isComposing: false,
  };

  it("is ? with or without the shift key, and with no other modifier", () => {
    expect(isHelpKey(press)).toBe(true);
    expect(isHelpKey({ ...press, shiftKey: false })).toBe(true);
    expect(isHelpKey({ ...press, ctrlKey: true })).toBe(false);
    expect(isHelpKey({ ...press, key: "/" })).toBe(false);
  });
});
