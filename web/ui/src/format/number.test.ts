import { describe, expect, it } from "vitest";
import { formatAverage, formatChange, formatCount, formatShare, plural, unknown } from "./number.ts";

describe("numbers on screen", () => {
  it("group thousands", () => {
    expect(formatCount(13154)).toBe("13,154");
  });

  it("show a dash, never a zero, for what is not known", () => {
    for (const format of [formatCount, formatAverage, formatChange, formatShare]) {
      expect(format(null)).toBe(unknown);
      expect(format(undefined)).toBe(unknown);
    }
    expect(formatCount(0)).toBe("0");
  });

  it("give averages one decimal below a hundred and none above", () => {
    expect(formatAverage(22.44)).toBe("22.4");
    expect(formatAverage(99.97)).toBe("100");
    expect(formatAverage(1234.5)).toBe("1,235");
  });

  it("give changes their sign, and one decimal while they are small", () => {
    expect(formatChange(0.12)).toBe("+12%");
    expect(formatChange(-0.043)).toBe("−4.3%");
    expect(formatChange(0.0001)).toBe("±0%");
    expect(formatChange(2)).toBe("+200%");
  });

  it("count one visitor and many visitors", () => {
    expect(plural(1, "visitor")).toBe("1 visitor");
    expect(plural(0, "visitor")).toBe("0 visitors");
    expect(plural(2, "person", "people")).toBe("2 people");
  });
});
