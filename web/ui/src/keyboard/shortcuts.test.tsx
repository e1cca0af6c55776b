// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { shortcutsPreference } from "../preference.ts";
import { type KeyPress, nameKey, type Shortcuts, useShortcuts } from "./shortcuts.ts";

afterEach(() => {
  cleanup();
  document.body.replaceChildren();
  localStorage.clear();
});

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

describe("the name of a key press", () => {
  it.each([
    [press("d"), "d"],
    [press("W"), "w"],
    [press("ArrowLeft"), "arrowleft"],
    [press("k", { metaKey: true }), "mod+k"],
    [press("k", { ctrlKey: true }), "mod+k"],
  ])("%o is %s", (keyPress, name) => {
    expect(nameKey(keyPress)).toBe(name);
  });

  it.each(["?", "/"])("of the symbol %s is the same with Shift, which some keyboards need", (key) => {
    expect(nameKey(press(key))).toBe(key);
    expect(nameKey(press(key, { shiftKey: true }))).toBe(key);
  });

  it("does not exist with other modifiers: they belong to the browser", () => {
    expect(nameKey(press("d", { altKey: true }))).toBeUndefined();
    expect(nameKey(press("d", { shiftKey: true }))).toBeUndefined();
    expect(nameKey(press("k", { ctrlKey: true, metaKey: true }))).toBeUndefined();
    expect(nameKey(press("K", { ctrlKey: true, shiftKey: true }))).toBeUndefined();
  });

  it("does not exist during text composition and for handled events", () => {
    expect(nameKey(press("d", { isComposing: true }))).toBeUndefined();
    expect(nameKey(press("ArrowLeft", { defaultPrevented: true }))).toBeUndefined();
  });
});

function Page({ shortcuts }: { shortcuts: Shortcuts }) {
  useShortcuts(shortcuts);
  return (
    <>
      <input aria-label="field" />
      <div aria-label="dialog" role="dialog" tabIndex={-1} />
      <button type="button">button</button>
    </>
  );
}

/** Shows a page with the shortcuts `d` and `g s`, and returns what they did. */
function open() {
  const done: string[] = [];
  render(
    <Page
      shortcuts={{ d: () => done.push("day"), "g s": () => done.push("stores"), s: () => done.push("s") }}
    />,
  );
  return done;
}

describe("the shortcuts of a page", () => {
  it("act while it is shown", async () => {
    const done = open();
    await userEvent.keyboard("dq");
    expect(done).toEqual(["day"]);
    cleanup();
    await userEvent.keyboard("d");
    expect(done).toEqual(["day"]);
  });

  it("act with the latest properties", async () => {
    const [first, second] = [vi.fn(), vi.fn()];
    const { rerender } = render(<Page shortcuts={{ d: first }} />);
    rerender(<Page shortcuts={{ d: second }} />);
    await userEvent.keyboard("d");
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledOnce();
  });

  it("have two keys one after the other, also with Shift pressed between", async () => {
    const done = open();
    await userEvent.keyboard("gs");
    await userEvent.keyboard("g{Shift}s");
    expect(done).toEqual(["stores", "stores"]);
  });

  it("with two keys need the second one soon, and directly after the first", async () => {
    const done = open();
    const pressAt = (key: string, timeStamp: number) => {
      const event = new KeyboardEvent("keydown", { key, bubbles: true });
      Object.defineProperty(event, "timeStamp", { value: timeStamp });
      fireEvent(document.body, event);
    };
    pressAt("g", 0);
    pressAt("s", 1600);
    expect(done).toEqual(["s"]);
    pressAt("g", 2000);
    pressAt("d", 2100);
    pressAt("s", 2200);
    expect(done).toEqual(["s", "day", "s"]);
  });

  it("do nothing in a field and in a dialog", async () => {
    const done = open();
    for (const element of [screen.getByLabelText("field"), screen.getByRole("dialog")]) {
      element.focus();
      await userEvent.keyboard("d");
    }
    expect(done).toEqual([]);
    screen.getByRole("button").focus();
    await userEvent.keyboard("d");
    expect(done).toEqual(["day"]);
  });

  it("do nothing while a modal dialog makes the page inert, wherever the focus is", async () => {
    const done = open();
    const root = document.createElement("div");
    root.id = "root";
    root.inert = true;
    document.body.append(root);
    await userEvent.keyboard("d");
    expect(done).toEqual([]);
  });

  it("do nothing when the user has switched them off", async () => {
    const done = open();
    shortcutsPreference.set("off");
    await userEvent.keyboard("d");
    expect(done).toEqual([]);
  });

  it("leave other names alone, such as those of every object", async () => {
    open();
    const event = new KeyboardEvent("keydown", { key: "constructor", bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });
});
