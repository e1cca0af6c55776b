import { describe, expect, it } from "vitest";
import { bucketAnswer, dashboardAnswer } from "#testing/fixtures.ts";
import { findHour, viewOfBucket } from "./drill-down.ts";
import type { View } from "./search.ts";

const comparison = { compare: "year", match: "date" } as const;
const year: View = { period: "year", ...comparison };

describe("the view of a bucket", () => {
  it.each([
    ["month", { period: "month", date: "2026-11-24" }],
    ["week", { period: "week", date: "2026-11-24" }],
    ["day", { period: "day", date: "2026-11-24" }],
  ] as const)("of a %s has its parts and the same comparison", (interval, days) => {
    const bucket = bucketAnswer("2026-11-24T00:00:00+01:00");
    expect(viewOfBucket(year, dashboardAnswer({ interval }), bucket)).toEqual({ ...days, ...comparison });
  });

  it("of an hour is that hour of the day, also of today and of a range of one day", () => {
    const dashboard = dashboardAnswer();
    const [bucket] = dashboard.buckets;
    if (bucket === undefined) throw new Error("The day has no hour.");
    const viewOf = (view: View) => viewOfBucket(view, dashboard, bucket);
    const hour = { period: "day", hour: "12:00", ...comparison };
    expect(viewOf({ period: "day", ...comparison })).toEqual({ ...hour, date: undefined });
    expect(viewOf({ period: "range", from: "2026-11-24", to: "2026-11-25", ...comparison })).toEqual({
      ...hour,
      date: "2026-11-24",
    });
  });
});

describe("an hour of a day", () => {
  const first = bucketAnswer("2026-10-25T02:00:00+02:00");
  const second = bucketAnswer("2026-10-25T02:00:00+01:00");
  const buckets = [first, second, bucketAnswer("2026-10-25T03:00:00+01:00")];

  it("that the clock shows twice is found by its offset", () => {
    expect(findHour(buckets, "02:00")).toBe(first);
    expect(findHour(buckets, "02:00+01:00")).toBe(second);
  });

  it("that the day does not have is not found", () => {
    expect(findHour(buckets, "12:00")).toBeUndefined();
  });
});
