import { describe, expect, it } from "vitest";
import {
  addDays,
  adjacentPeriod,
  formatPeriod,
  formatShortPeriod,
  parsePlainDate,
  periodStart,
  shiftPeriod,
} from "./calendar.ts";

describe("parsePlainDate", () => {
  it("accepts a date that exists", () => {
    expect(parsePlainDate("2028-02-29")).toBe("2028-02-29");
  });

  it.each(["2026-02-29", "2026-13-01", "22-11-2026", "2026-11-22T00:00", "", 20261122, undefined])(
    "rejects %j",
    (text) => {
      expect(parsePlainDate(text)).toBeUndefined();
    },
  );
});

describe("a period", () => {
  it("starts on Monday when it is a week, on the first when it is a month", () => {
    expect(periodStart("day", "2026-11-22", 1)).toBe("2026-11-22");
    expect(periodStart("week", "2026-11-22", 1)).toBe("2026-11-16");
    expect(periodStart("week", "2026-11-16", 1)).toBe("2026-11-16");
    expect(periodStart("month", "2026-11-22", 1)).toBe("2026-11-01");
  });

  it.each([
    [2, "2026-11-17"],
    [6, "2026-11-21"],
    [7, "2026-11-22"],
  ])("starts on weekday %i of the store when it is a week", (firstWeekday, start) => {
    expect(periodStart("week", "2026-11-22", firstWeekday)).toBe(start);
    expect(shiftPeriod("week", "2026-11-22", -1, firstWeekday)).toBe(addDays(start, -7));
  });

  it("crosses the ends of months and years", () => {
    expect(shiftPeriod("day", "2026-03-01", -1, 1)).toBe("2026-02-28");
    expect(shiftPeriod("week", "2027-01-01", -1, 1)).toBe("2026-12-21");
    expect(shiftPeriod("month", "2026-01-31", -1, 1)).toBe("2025-12-01");
    expect(shiftPeriod("month", "2026-12-31", 1, 1)).toBe("2027-01-01");
  });

  it("is the same after a step forward and a step back", () => {
    let date = "2024-01-01";
    for (let day = 0; day < 900; day += 1) {
      for (const period of ["day", "week", "month"] as const) {
        expect(shiftPeriod(period, shiftPeriod(period, date, 1, 1), -1, 1)).toBe(
          periodStart(period, date, 1),
        );
      }
      date = addDays(date, 1);
    }
  });
});

describe("adjacentPeriod", () => {
  const today = "2026-11-22";

  it("returns the period before or after", () => {
    expect(adjacentPeriod("day", "2026-11-20", -1, today, 1)).toBe("2026-11-19");
    expect(adjacentPeriod("month", "2026-08-31", 1, today, 1)).toBe("2026-09-01");
  });

  it("is current for the period of today", () => {
    expect(adjacentPeriod("day", "2026-11-21", 1, today, 1)).toBe("current");
    expect(adjacentPeriod("week", "2026-11-11", 1, today, 1)).toBe("current");
    expect(adjacentPeriod("month", "2026-10-05", 1, today, 1)).toBe("current");
  });

  it("is undefined for the future", () => {
    expect(adjacentPeriod("day", today, 1, today, 1)).toBeUndefined();
    expect(adjacentPeriod("week", "2026-11-17", 1, today, 1)).toBeUndefined();
    expect(adjacentPeriod("month", "2026-11-01", 1, today, 1)).toBeUndefined();
  });
});

describe("the name of a period", () => {
  it.each([
    ["day", "2026-11-22", "Sunday 22 November 2026"],
    ["week", "2026-11-22", "16–22 November 2026"],
    ["week", "2026-12-01", "30 Nov – 6 Dec 2026"],
    ["week", "2027-01-01", "28 Dec 2026 – 3 Jan 2027"],
    ["month", "2026-11-22", "November 2026"],
  ] as const)("%s of %s is %s", (period, date, name) => {
    expect(formatPeriod(period, date, 1)).toBe(name);
  });

  it("has a short form, with the year if it is another one", () => {
    expect(formatShortPeriod("day", "2026-11-15", "2026-11-22", 1)).toBe("Sun 15 Nov");
    expect(formatShortPeriod("day", "2025-11-23", "2026-11-22", 1)).toBe("Sun 23 Nov 2025");
    expect(formatShortPeriod("week", "2026-11-15", "2026-11-22", 1)).toBe("week of 9 Nov");
    expect(formatShortPeriod("month", "2026-10-01", "2026-11-22", 1)).toBe("October");
  });
});
