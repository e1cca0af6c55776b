import { describe, expect, it } from "vitest";
import { formatKeys } from "./key-table.tsx";

describe("the names of keys", () => {
  it.each([
    ["d", "D"],
    ["/", "/"],
    ["arrowleft", "←"],
    ["g s", "G S"],
    ["mod+k", "⌘ K, Ctrl K"],
  ])("%s is %s on the keyboard", (name, shown) => {
    expect(formatKeys(name)).toBe(shown);
  });
});
