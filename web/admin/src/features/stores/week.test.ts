import type { TimeRanges } from "@metrica/ui/opening-hours.ts";
import { describe, expect, it } from "vitest";
import { findOverlap, formatWeek, type Weekday } from "./week.ts";

/** The sentence of the API about these two spans. */
const overlapText = (spans: string) =>
  `${spans}. A span that does not close later than it opens continues on the next day: change one of the two.`;

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
      ["mon", overlapText("Monday 09:00–14:15 overlaps Monday 14:00–20:00")],
    ],
    [
      { mon: [["09:00", "05:00"]], tue: [["01:00", "02:00"]] },
      ["mon", overlapText("Monday 09:00–05:00 overlaps Tuesday 01:00–02:00")],
    ],
    [
      {
        mon: [
          ["09:00", "05:00"],
          ["01:00", "02:00"],
        ],
      },
      ["mon", overlapText("Monday 09:00–05:00 overlaps Monday 01:00–02:00")],
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
      ["sun", overlapText("Sunday 20:00–03:00 overlaps Monday 02:45–03:00")],
    ],
    [{ sun: [["20:00", "03:00"]], mon: [["03:00", "24:00"]], tue: [["00:00", "24:00"]] }, null],
  ])("%j", (hours, overlap) => {
    expect(findOverlap({ ...closed, ...hours })).toEqual(overlap);
  });
});
