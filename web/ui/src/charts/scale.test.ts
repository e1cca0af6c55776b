import { describe, expect, it } from "vitest";
import { axisWidth, heatIntensity, hourRange, niceAxis } from "./scale.ts";

describe("niceAxis", () => {
  it.each([
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [123, [0, 50, 100, 150]],
    [1000, [0, 250, 500, 750, 1000]],
    [906, [0, 250, 500, 750, 1000]],
  ])("for %d has the ticks %j", (largest, ticks) => {
    expect(niceAxis(largest).ticks).toEqual(ticks);
  });

  it("holds the largest value in at most four whole steps", () => {
    for (let largest = 1; largest < 20_000; largest += 37) {
      const axis = niceAxis(largest);
      expect(axis.max).toBeGreaterThanOrEqual(largest);
      expect(axis.ticks.length).toBeLessThanOrEqual(5);
      expect(axis.ticks.every(Number.isInteger)).toBe(true);
      expect(axis.ticks.at(-1)).toBe(axis.max);
    }
  });

  it("has four steps when all values are zero", () => {
    expect(niceAxis(0).ticks).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("axisWidth", () => {
  it("grows with the widest tick label", () => {
    expect(axisWidth(niceAxis(900))).toBeGreaterThan(axisWidth(niceAxis(90)));
  });
});

describe("heatIntensity", () => {
  it("grows with the value, from 0 to 1", () => {
    const values = [0, 1, 5, 20, 80, 100].map((value) => heatIntensity(value, 100));
    expect(values[0]).toBe(0);
    expect(values.at(-1)).toBe(1);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  it("is 0 when all values are zero", () => {
    expect(heatIntensity(0, 0)).toBe(0);
  });
});

describe("hourRange", () => {
  const at = (hour: number, visitors_per_hour = 1) => ({ hour, visitors_per_hour });

  it("reaches from the first hour with visitors to the last", () => {
    expect(hourRange([at(3, 0), at(9), at(12), at(23, 0)])).toEqual([9, 10, 11, 12]);
  });

  it("is the range of the observed hours when there were no visitors", () => {
    expect(hourRange([at(9, 0), at(10, 0)])).toEqual([9, 10]);
    expect(hourRange([])).toEqual([]);
  });
});
