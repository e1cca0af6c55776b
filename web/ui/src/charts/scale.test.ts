import { describe, expect, it } from "vitest";
import { alignedAxis, axisLimit, axisWidth, heatIntensity, hourRange, niceAxis } from "./scale.ts";

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

describe("alignedAxis", () => {
  it.each([
    [12.5, 4, [0, 5, 10, 15, 20]],
    [60, 3, [0, 20, 40, 60]],
    [0, 4, [0, 1, 2, 3, 4]],
  ])("for %d in %d steps has the ticks %j", (largest, steps, ticks) => {
    expect(alignedAxis(largest, steps).ticks).toEqual(ticks);
  });
});

describe("axisLimit", () => {
  const usual = [20, 24, 30, 28, 26, 22];

  it("is the largest value of a usual day", () => {
    expect(axisLimit([...usual, 0, 80])).toBe(80);
    expect(axisLimit([])).toBe(0);
  });

  it("ignores one spike that would flatten the day", () => {
    expect(axisLimit([...usual, 600])).toBe(37.5);
  });

  it("ignores two spikes among twenty values, but not among ten", () => {
    expect(axisLimit([...usual, ...usual, ...usual, 610, 600])).toBe(37.5);
    expect(axisLimit([...usual, 610, 600])).toBe(610);
  });

  it("does not take the usual value beside empty hours for a spike", () => {
    expect(axisLimit([0, 0, 0, 0, 40])).toBe(40);
    expect(axisLimit([1, 1, 9])).toBe(9);
  });
});

describe("axisWidth", () => {
  it("grows with the widest tick label", () => {
    expect(axisWidth(niceAxis(9000))).toBeGreaterThan(axisWidth(niceAxis(900)));
  });

  it("has room for three digits, so that bars stay where they are when a forecast is above 99", () => {
    expect(axisWidth(niceAxis(9))).toBe(axisWidth(niceAxis(300)));
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
