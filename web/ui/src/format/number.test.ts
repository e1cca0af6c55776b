import { describe, expect, it } from "vitest";
import {
  formatAverage,
  formatChange,
  formatCount,
  formatSetting,
  formatShare,
  unknownValue,
} from "./number.ts";

describe("number formats", () => {
  it("separate thousands", () => {
    expect(formatCount(13154)).toBe("13,154");
  });

  it("show a dash, not a zero, for an unknown value", () => {
    for (const format of [formatCount, formatAverage, formatChange, formatShare]) {
      expect(format(null)).toBe(unknownValue);
      expect(format(undefined)).toBe(unknownValue);
    }
    expect(formatCount(0)).toBe("0");
  });

  it("show averages with one decimal below 100 and none above", () => {
    expect(formatAverage(22.44)).toBe("22.4");
    expect(formatAverage(99.97)).toBe("100");
    expect(formatAverage(1234.5)).toBe("1,235");
  });

  it("show changes with a sign, and small ones with one decimal", () => {
    expect(formatChange(0.12)).toBe("+12%");
    expect(formatChange(-0.043)).toBe("−4.3%");
    expect(formatChange(0.0001)).toBe("±0%");
    expect(formatChange(2)).toBe("+200%");
  });
});

describe("formatSetting", () => {
  it.each([
    [7.5, "7.5"],
    [12.25, "12.25"],
    [30, "30"],
  ])("keeps %d as it was given", (value, text) => {
    expect(formatSetting(value)).toBe(text);
  });
});
