import { describe, expect, it } from "vitest";
import { type KeyPress, shortcutOf } from "./shortcuts.ts";

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

describe("keys", () => {
  it.each([
    ["d", "day"],
    ["W", "week"],
    ["m", "month"],
    ["ArrowLeft", "back"],
    ["ArrowRight", "forward"],
    ["x", "compare"],
  ])("%s means %s", (key, shortcut) => {
    expect(shortcutOf(press(key))).toBe(shortcut);
  });

  it("mean nothing with a modifier: those belong to the browser", () => {
    for (const modifier of ["altKey", "ctrlKey", "metaKey", "shiftKey"] as const) {
      expect(shortcutOf(press("d", { [modifier]: true }))).toBeUndefined();
    }
  });

  it("mean nothing while composing, or once used by something else", () => {
    expect(shortcutOf(press("d", { isComposing: true }))).toBeUndefined();
    expect(shortcutOf(press("ArrowLeft", { defaultPrevented: true }))).toBeUndefined();
  });

  it("that are not shortcuts mean nothing", () => {
    expect(shortcutOf(press("q"))).toBeUndefined();
    expect(shortcutOf(press("constructor"))).toBeUndefined();
  });
});
