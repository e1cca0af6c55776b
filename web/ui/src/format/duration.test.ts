import { describe, expect, it } from "vitest";
import { formatDuration, formatRelativeTime, formatSeconds } from "./duration.ts";

describe("formatDuration", () => {
  it.each([
    [0, "0 s"],
    [45, "45 s"],
    [59.6, "1 min 00 s"],
    [492, "8 min 12 s"],
    [3599.4, "59 min 59 s"],
    [3840, "1 h 04 min"],
  ])("%d s is %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it("is a dash for an unknown value", () => {
    expect(formatDuration(null)).toBe("–");
    expect(formatDuration(Number.NaN)).toBe("–");
  });
});

describe("formatSeconds", () => {
  it.each([
    [2.5, "2.5 s"],
    [0.125, "0.125 s"],
    [90, "90 s"],
  ])("keeps %d s as it was given", (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});

describe("formatRelativeTime", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");

  it.each([
    ["2026-11-22T11:59:55Z", "just now"],
    ["2026-11-22T12:00:05Z", "just now"],
    ["2026-11-22T11:59:18Z", "42 s ago"],
    ["2026-11-22T11:26:00Z", "34 min ago"],
    ["2026-11-21T12:00:00Z", "24 h ago"],
    ["2026-11-19T12:00:00Z", "3 days ago"],
    [null, "never"],
  ])("%s is %s", (timestamp, text) => {
    expect(formatRelativeTime(timestamp, now)).toBe(text);
  });
});
