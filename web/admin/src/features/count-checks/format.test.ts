import { describe, expect, it } from "vitest";
import { formatDifference, formatWindow } from "./format.ts";

describe("the format of a count check", () => {
  it("shows the difference with its sign", () => {
    expect(formatDifference(12, 10)).toBe("+2");
    expect(formatDifference(9, 10)).toBe("−1");
    expect(formatDifference(10, 10)).toBe("±0");
    expect(formatDifference(1500, 100)).toBe("+1,400");
  });

  it("shows the window in the time zone of the store", () => {
    const window = { window_start: "2026-11-22T08:00:00Z", window_end: "2026-11-22T09:30:00Z" };
    expect(formatWindow(window, "Asia/Kolkata")).toBe("22 Nov, 13:30–15:00");
  });

  it("shows both dates when the window crosses midnight", () => {
    const window = { window_start: "2026-11-22T18:00:00Z", window_end: "2026-11-22T19:00:00Z" };
    expect(formatWindow(window, "Asia/Kolkata")).toBe("22 Nov, 23:30 – 23 Nov, 00:30");
  });
});
