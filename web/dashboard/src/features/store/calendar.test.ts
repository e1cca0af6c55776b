import { describe, expect, it } from "vitest";
import {
  addDays,
  parsePlainDate,
  periodName,
  periodStart,
  shiftPeriod,
  shortPeriodName,
  stepFrom,
} from "./calendar.ts";

describe("a date in the address", () => {
  it("is taken when it exists", () => {
    expect(parsePlainDate("2028-02-29")).toBe("2028-02-29");
  });

  it.each(["2026-02-29", "2026-13-01", "22-11-2026", "2026-11-22T00:00", "", 20261122, undefined])(
    "is not %j",
    (text) => {
      expect(parsePlainDate(text)).toBeUndefined();
    },
  );
});

describe("a period", () => {
  it("starts on Monday when it is a week, on the first when it is a month", () => {
    expect(periodStart("day", "2026-11-22")).toBe("2026-11-22");
    expect(periodStart("week", "2026-11-22")).toBe("2026-11-16");
    expect(periodStart("week", "2026-11-16")).toBe("2026-11-16");
    expect(periodStart("month", "2026-11-22")).toBe("2026-11-01");
  });

  it("moves over the ends of months and years", () => {
    expect(shiftPeriod("day", "2026-03-01", -1)).toBe("2026-02-28");
    expect(shiftPeriod("week", "2027-01-01", -1)).toBe("2026-12-21");
    expect(shiftPeriod("month", "2026-01-31", -1)).toBe("2025-12-01");
    expect(shiftPeriod("month", "2026-12-31", 1)).toBe("2027-01-01");
  });

  it("comes back to itself after a step there and a step back", () => {
    let date = "2024-01-01";
    for (let day = 0; day < 900; day += 1) {
      for (const period of ["day", "week", "month"] as const) {
        expect(shiftPeriod(period, shiftPeriod(period, date, 1), -1)).toBe(periodStart(period, date));
      }
      date = addDays(date, 1);
    }
  });
});

describe("a step in time", () => {
  const today = "2026-11-22";

  it("leads to the period before or after", () => {
    expect(stepFrom("day", "2026-11-20", -1, today)).toBe("2026-11-19");
    expect(stepFrom("month", "2026-08-31", 1, today)).toBe("2026-09-01");
  });

  it("is current when it arrives at the period that holds today", () => {
    expect(stepFrom("day", "2026-11-21", 1, today)).toBe("current");
    expect(stepFrom("week", "2026-11-11", 1, today)).toBe("current");
    expect(stepFrom("month", "2026-10-05", 1, today)).toBe("current");
  });

  it("does not lead into the future", () => {
    expect(stepFrom("day", today, 1, today)).toBeUndefined();
    expect(stepFrom("week", "2026-11-17", 1, today)).toBeUndefined();
    expect(stepFrom("month", "2026-11-01", 1, today)).toBeUndefined();
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
    expect(periodName(period, date)).toBe(name);
  });

  it("is short beside a number, with the year only when it is another one", () => {
    expect(shortPeriodName("day", "2026-11-15", "2026-11-22")).toBe("Sun 15 Nov");
    expect(shortPeriodName("day", "2025-11-23", "2026-11-22")).toBe("Sun 23 Nov 2025");
    expect(shortPeriodName("week", "2026-11-15", "2026-11-22")).toBe("week of 9 Nov");
    expect(shortPeriodName("month", "2026-10-01", "2026-11-22")).toBe("October");
  });
});
