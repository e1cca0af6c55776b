import { describe, expect, it } from "vitest";
import { differenceWords, windowWords } from "./check-words.ts";

describe("a count check", () => {
  it("says how far ours is from the count by hand, with its sign", () => {
    expect(differenceWords(12, 10)).toBe("+2");
    expect(differenceWords(9, 10)).toBe("−1");
    expect(differenceWords(10, 10)).toBe("±0");
    expect(differenceWords(1500, 100)).toBe("+1,400");
  });

  it("tells its window by the store's clock", () => {
    const window = { window_start: "2026-11-22T08:00:00Z", window_end: "2026-11-22T09:30:00Z" };
    expect(windowWords(window, "Asia/Kolkata")).toBe("22 Nov, 13:30–15:00");
  });

  it("names both days when the window crosses midnight there", () => {
    const window = { window_start: "2026-11-22T18:00:00Z", window_end: "2026-11-22T19:00:00Z" };
    expect(windowWords(window, "Asia/Kolkata")).toBe("22 Nov, 23:30 – 23 Nov, 00:30");
  });
});
