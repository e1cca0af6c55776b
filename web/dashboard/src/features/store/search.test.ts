import { describe, expect, it } from "vitest";
import {
  adjacentView,
  calendarPeriods,
  compareModes,
  matchModes,
  nextCompareMode,
  parseStoreSearch,
  showsToday,
  toSearch,
  toView,
  type View,
  type ViewedDays,
  withPeriod,
} from "./search.ts";

const today = "2026-11-22";
const comparison = { compare: "previous", match: "weekday" } as const;
const range: View = { period: "range", from: "2026-11-02", to: "2026-11-05", ...comparison };

describe("the search parameters of the store page", () => {
  it("are empty for the default view", () => {
    expect(toSearch({ period: "day", ...comparison })).toEqual({});
    expect(toView({})).toEqual({ period: "day", date: undefined, ...comparison });
  });

  it("restore every view", () => {
    const periods: ViewedDays[] = [...calendarPeriods, "last7" as const, "last28" as const].flatMap(
      (period) => [
        { period, date: undefined },
        { period, date: "2026-11-02" },
      ],
    );
    periods.push({ period: "day", date: "2026-11-02", hour: "09:00" });
    periods.push({ period: "day", date: "2026-10-25", hour: "02:00+01:00" });
    for (const days of [...periods, { period: "range", from: "2026-11-02", to: "2026-11-05" } as const]) {
      for (const compare of compareModes) {
        for (const match of matchModes) {
          const view = { ...days, compare, match };
          expect(toView(parseStoreSearch({ ...toSearch(view) }))).toEqual(view);
        }
      }
    }
  });

  it.each([
    { period: "decade", date: "yesterday", compare: 3, match: "moon", other: "x" },
    { from: "2026-11-05", to: "2026-11-02" },
    { from: "2026-11-05", to: "2026-11-05" },
    { from: "2026-11-05" },
    { from: "2024-01-01", to: "2026-01-01" },
    { period: "range" },
    { hour: "9" },
  ])("ignore the invalid %j", (search) => {
    expect(parseStoreSearch(search)).toEqual({});
  });

  it("have an hour for a day only", () => {
    expect(parseStoreSearch({ period: "week", hour: "09:00" })).toEqual({ period: "week" });
  });

  it("of a range leave out a period and a date", () => {
    expect(parseStoreSearch({ period: "week", date: today, from: "2026-11-02", to: "2026-11-05" })).toEqual({
      from: "2026-11-02",
      to: "2026-11-05",
    });
  });
});

describe("another view", () => {
  it("keeps the date and the comparison with another period", () => {
    const view: View = { period: "day", date: "2026-10-05", compare: "year", match: "date" };
    expect(withPeriod(view, "month", today)).toEqual({ ...view, period: "month" });
  });

  it("of a range is the period of its first day, or of today", () => {
    expect(withPeriod(range, "week", today)).toEqual({ period: "week", date: "2026-11-02", ...comparison });
    expect(withPeriod({ ...range, to: "2026-11-23" } as View, "week", today)).toEqual({
      period: "week",
      date: undefined,
      ...comparison,
    });
  });

  it("is one period or one range earlier or later, never in the future", () => {
    expect(adjacentView({ period: "day", ...comparison }, -1, today, 1)).toMatchObject({
      date: "2026-11-21",
    });
    expect(adjacentView({ period: "day", ...comparison }, 1, today, 1)).toBeUndefined();
    expect(adjacentView(range, 1, today, 1)).toMatchObject({ from: "2026-11-05", to: "2026-11-08" });
    expect(adjacentView(range, 1, undefined, 1)).toBeUndefined();
  });

  it("shows today, or not", () => {
    expect(showsToday({ period: "month", ...comparison }, undefined, 1)).toBe(true);
    expect(showsToday({ period: "month", date: "2026-11-02", ...comparison }, today, 1)).toBe(true);
    expect(showsToday({ period: "day", date: "2026-11-21", ...comparison }, today, 1)).toBe(false);
    expect(showsToday(range, today, 1)).toBe(false);
  });
});

describe("nextCompareMode", () => {
  it("cycles through the modes", () => {
    expect(nextCompareMode("previous")).toBe("year");
    expect(nextCompareMode("year")).toBe("none");
    expect(nextCompareMode("none")).toBe("previous");
  });
});
