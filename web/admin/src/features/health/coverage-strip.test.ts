import { describe, expect, it } from "vitest";
import { describeCoverage, percentOf } from "./coverage-strip.tsx";

const day = (observed_minutes: number, open_minutes: number) => ({
  day: "2026-11-26",
  open_minutes,
  observed_minutes,
});

describe("the coverage of a day", () => {
  it("is 100 % only when no minute is missing, and unknown when the store is closed", () => {
    expect(percentOf(day(479, 480))).toBe(99);
    expect(percentOf(day(480, 480))).toBe(100);
    expect(percentOf(day(0, 480))).toBe(0);
    expect(percentOf(day(0, 0))).toBeNull();
  });

  it("is said in words", () => {
    expect(describeCoverage(day(240, 480))).toBe("Thu 26 Nov: 50 % of 480 open minutes observed");
    expect(describeCoverage(day(0, 0))).toBe("Thu 26 Nov: closed");
  });
});
