import { describe, expect, it } from "vitest";
import {
  addDays,
  adjacentPeriod,
  adjacentRange,
  formatPeriod,
  type NamedPeriod,
  parsePlainDate,
  periodSpan,
} from "./calendar.ts";
import { formatShortPeriod } from "./short-period.ts";

const span = (start: string, end: string) => ({ start, end });

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

describe("the days of a period", () => {
  it.each([
    ["day", "2026-11-22", "2026-11-23"],
    ["week", "2026-11-16", "2026-11-23"],
    ["month", "2026-11-01", "2026-12-01"],
    ["quarter", "2026-10-01", "2027-01-01"],
    ["year", "2026-01-01", "2027-01-01"],
    ["last7", "2026-11-16", "2026-11-23"],
    ["last28", "2026-10-26", "2026-11-23"],
  ] as const)("%s of 22 November 2026", (period, start, end) => {
    expect(periodSpan(period, "2026-11-22", 1)).toEqual(span(start, end));
  });

  it.each([
    [2, "2026-11-17"],
    [6, "2026-11-21"],
    [7, "2026-11-22"],
  ])("of a week begin on weekday %i of the store", (firstWeekday, start) => {
    expect(periodSpan("week", "2026-11-22", firstWeekday)).toEqual(span(start, addDays(start, 7)));
  });

  it("are adjacent: each period begins where the one before ends", () => {
    let date = "2024-01-01";
    for (let day = 0; day < 900; day += 1) {
      for (const period of ["day", "week", "month", "quarter", "year"] as const) {
        const { start, end } = periodSpan(period, date, 1);
        expect(start <= date && date < end).toBe(true);
        expect(adjacentPeriod(period, end, -1, "2030-01-01", 1)).toBe(start);
        expect(adjacentPeriod(period, start, 1, "2030-01-01", 1)).toBe(end);
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
    expect(adjacentPeriod("quarter", "2026-11-22", -1, today, 1)).toBe("2026-07-01");
    expect(adjacentPeriod("year", "2026-11-22", -1, today, 1)).toBe("2025-01-01");
    expect(adjacentPeriod("last7", today, -1, today, 1)).toBe("2026-11-15");
  });

  it.each([
    ["day", "2026-11-21"],
    ["week", "2026-11-11"],
    ["month", "2026-10-05"],
    ["quarter", "2026-08-05"],
    ["year", "2025-08-05"],
    ["last7", "2026-11-15"],
    ["last28", "2026-11-20"],
  ] as [NamedPeriod, string][])("after the %s of %s is the current one", (period, date) => {
    expect(adjacentPeriod(period, date, 1, today, 1)).toBe("current");
  });

  it.each(["day", "week", "month", "quarter", "year", "last7", "last28"] as const)(
    "is undefined for a %s in the future",
    (period) => {
      expect(adjacentPeriod(period, today, 1, today, 1)).toBeUndefined();
    },
  );
});

describe("adjacentRange", () => {
  it("has the same length and touches the range", () => {
    const range = span("2026-11-03", "2026-11-06");
    expect(adjacentRange(range, -1, "2026-11-22")).toEqual(span("2026-10-31", "2026-11-03"));
    expect(adjacentRange(range, 1, "2026-11-22")).toEqual(span("2026-11-06", "2026-11-09"));
    expect(adjacentRange(range, 1, "2026-11-05")).toBeUndefined();
  });
});

describe("the name of a period", () => {
  it.each([
    ["day", "2026-11-22", "Sunday 22 November 2026"],
    ["week", "2026-11-22", "16–22 November 2026"],
    ["week", "2026-12-01", "30 Nov – 6 Dec 2026"],
    ["week", "2027-01-01", "28 Dec 2026 – 3 Jan 2027"],
    ["month", "2026-11-22", "November 2026"],
    ["quarter", "2026-11-22", "October – December 2026"],
    ["year", "2026-11-22", "2026"],
    ["last7", "2026-11-22", "16–22 November 2026"],
  ] as const)("%s of %s is %s", (period, date, name) => {
    expect(formatPeriod(period, periodSpan(period, date, 1))).toBe(name);
  });

  it("of a range has its last day", () => {
    expect(formatPeriod("range", span("2026-11-03", "2026-11-06"))).toBe("3–5 November 2026");
  });

  it("has a short form, with the year if it is another one", () => {
    const short = (period: NamedPeriod, date: string) =>
      formatShortPeriod(period, periodSpan(period, date, 1), "2026-11-22");
    expect(short("day", "2026-11-15")).toBe("Sun 15 Nov");
    expect(short("day", "2025-11-23")).toBe("Sun 23 Nov 2025");
    expect(short("week", "2026-11-15")).toBe("week of 9 Nov");
    expect(short("month", "2026-10-01")).toBe("October");
    expect(short("quarter", "2026-08-01")).toBe("Jul – Sept");
    expect(short("quarter", "2025-08-01")).toBe("Jul – Sept 2025");
    expect(short("year", "2025-08-01")).toBe("2025");
    expect(short("last7", "2026-11-15")).toBe("9–15 Nov");
    expect(short("last28", "2026-11-15")).toBe("19 Oct – 15 Nov");
  });
});
