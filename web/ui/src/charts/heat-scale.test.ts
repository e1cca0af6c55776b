import { describe, expect, it } from "vitest";
import { heat, hoursShown } from "./heat-scale.ts";

describe("heat", () => {
  it("grows with the value, from none to full", () => {
    const values = [0, 1, 5, 20, 80, 100].map((value) => heat(value, 100));
    expect(values[0]).toBe(0);
    expect(values.at(-1)).toBe(1);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  it("is none when nothing came at all", () => {
    expect(heat(0, 0)).toBe(0);
  });
});

describe("the hours of a heatmap", () => {
  const at = (hour: number, visitors_per_hour = 1) => ({ hour, visitors_per_hour });

  it("reach from the first busy one to the last", () => {
    expect(hoursShown([at(3, 0), at(9), at(12), at(23, 0)])).toEqual([9, 10, 11, 12]);
  });

  it("are the observed ones when nobody came", () => {
    expect(hoursShown([at(9, 0), at(10, 0)])).toEqual([9, 10]);
    expect(hoursShown([])).toEqual([]);
  });
});
