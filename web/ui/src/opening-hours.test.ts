import { describe, expect, it } from "vitest";
import {
  findOverlap,
  formatTimeRanges,
  formatWeek,
  parseTimeRanges,
  type TimeRanges,
  type Weekday,
} from "./opening-hours.ts";

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
      expect(() => parseTimeRanges(text)).toThrow("Enter hours as 09:00–20:00.");
    },
  );

  it.each([
    ["9-5", "Enter 09:00–17:00, or 09:00–05:00 if the store closes on the next day."],
    ["9:30 - 5:15", "Enter 09:30–17:15, or 09:30–05:15 if the store closes on the next day."],
    ["8-12, 1-6, 10-10", "Enter 10:00–22:00, or 10:00–10:00 if the store closes on the next day."],
    ["12-2", "Enter 12:00–14:00, or 12:00–02:00 if the store closes on the next day."],
  ])("%j has two meanings", (text, message) => {
    expect(() => parseTimeRanges(text)).toThrow(message);
  });

  it.each([
    ["18-2", [["18:00", "02:00"]]],
    ["10-0", [["10:00", "00:00"]]],
    ["09:00–05:00", [["09:00", "05:00"]]],
    ["10:00-10:00", [["10:00", "10:00"]]],
  ])("%j has one meaning", (text, spans) => {
    expect(parseTimeRanges(text)).toEqual(spans);
  });

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

describe("the overlap of opening hours", () => {
  const closed: Record<Weekday, TimeRanges> = {
    mon: [],
    tue: [],
    wed: [],
    thu: [],
    fri: [],
    sat: [],
    sun: [],
  };

  it.each<[Partial<Record<Weekday, TimeRanges>>, [Weekday, string] | null]>([
    [{}, null],
    [
      {
        mon: [
          ["09:00", "13:00"],
          ["13:00", "20:00"],
        ],
      },
      null,
    ],
    [
      {
        mon: [
          ["14:00", "20:00"],
          ["09:00", "14:15"],
        ],
      },
      ["mon", "Monday 09:00–14:15 overlaps Monday 14:00–20:00."],
    ],
    [
      { mon: [["09:00", "05:00"]], tue: [["01:00", "02:00"]] },
      ["mon", "Monday 09:00–05:00 overlaps Tuesday 01:00–02:00."],
    ],
    [
      {
        mon: [
          ["09:00", "05:00"],
          ["01:00", "02:00"],
        ],
      },
      ["mon", "Monday 09:00–05:00 overlaps Monday 01:00–02:00."],
    ],
    [
      {
        mon: [
          ["18:00", "02:00"],
          ["12:00", "15:00"],
        ],
      },
      null,
    ],
    [
      { mon: [["02:45", "03:00"]], sun: [["20:00", "03:00"]] },
      ["sun", "Sunday 20:00–03:00 overlaps Monday 02:45–03:00."],
    ],
    [{ sun: [["20:00", "03:00"]], mon: [["03:00", "24:00"]], tue: [["00:00", "24:00"]] }, null],
  ])("%j", (hours, overlap) => {
    expect(findOverlap({ ...closed, ...hours })).toEqual(overlap);
  });
});
