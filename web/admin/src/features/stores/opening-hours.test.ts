import { describe, expect, it } from "vitest";
import { formatTimeRanges, formatWeek, parseTimeRanges } from "./opening-hours.ts";

describe("the opening hours of a day", () => {
  it.each([
    ["", []],
    ["9-20", [["09:00", "20:00"]]],
    [
      "09:00–13:00, 14:00 - 18:30",
      [
        ["09:00", "13:00"],
        ["14:00", "18:30"],
      ],
    ],
    ["18:00-02:00", [["18:00", "02:00"]]],
    ["0-24", [["00:00", "24:00"]]],
  ])("%j is valid", (text, spans) => {
    expect(parseTimeRanges(text)).toEqual(spans);
  });

  it.each(["nine to five", "9", "9-25", "24:00-2", "9-20;10-12", "9:5-10", "9-20,"])(
    "%j is invalid",
    (text) => {
      expect(parseTimeRanges(text)).toBeUndefined();
    },
  );

  it("are formatted as they are parsed", () => {
    const spans: [string, string][] = [
      ["09:00", "13:00"],
      ["14:00", "18:30"],
    ];
    expect(parseTimeRanges(formatTimeRanges(spans))).toEqual(spans);
  });
});

describe("the opening hours of a week", () => {
  const day = [["09:00", "20:00"]];

  it("combine days with equal hours", () => {
    expect(formatWeek({ mon: day, tue: day, wed: day, fri: day, sat: [["10:00", "18:00"]] })).toBe(
      "Mon–Wed 09:00–20:00; Fri 09:00–20:00; Sat 10:00–18:00",
    );
  });

  it("can be always or never", () => {
    expect(formatWeek(null)).toBe("Always open");
    expect(formatWeek({})).toBe("Always closed");
  });
});
