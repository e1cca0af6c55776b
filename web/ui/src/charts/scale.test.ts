import { describe, expect, it } from "vitest";
import { axisFor, axisWidth } from "./scale.ts";

describe("an axis", () => {
  it.each([
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [123, [0, 50, 100, 150]],
    [1000, [0, 250, 500, 750, 1000]],
    [906, [0, 250, 500, 750, 1000]],
  ])("for %d has the marks %j", (largest, ticks) => {
    expect(axisFor(largest).ticks).toEqual(ticks);
  });

  it("holds its largest value in at most the steps asked for, whole numbers all", () => {
    for (let largest = 1; largest < 20_000; largest += 37) {
      const axis = axisFor(largest);
      expect(axis.max).toBeGreaterThanOrEqual(largest);
      expect(axis.ticks.length).toBeLessThanOrEqual(5);
      expect(axis.ticks.every(Number.isInteger)).toBe(true);
      expect(axis.ticks.at(-1)).toBe(axis.max);
    }
  });

  it("stands also when nothing has come", () => {
    expect(axisFor(0).ticks).toEqual([0, 1, 2, 3, 4]);
  });

  it("makes room for its widest number", () => {
    expect(axisWidth(axisFor(900))).toBeGreaterThan(axisWidth(axisFor(90)));
  });
});
