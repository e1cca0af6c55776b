import type { Forecast } from "@metrica/client/owner.ts";
import type { Bar } from "@metrica/ui/charts/bucket.ts";
import { describe, expect, it } from "vitest";
import { expectedWords, restOfTodayWords, withExpected } from "./expected.ts";

const bar = (key: string, more: Partial<Bar>): Bar => ({
  key,
  label: "",
  title: "",
  value: null,
  state: "pending",
  baseline: null,
  coverage: null,
  ...more,
});

const forecast: Forecast = {
  store_id: "",
  name: "",
  timezone: "Asia/Kolkata",
  confidence: 0.8,
  history_weeks: 8,
  reason: null,
  rest_of_today: 213.6,
  hours: [
    { start: "2026-11-22T15:20:00+05:30", end: "2026-11-22T16:00:00+05:30", visitors: 9, low: 4, high: 15 },
    {
      start: "2026-11-22T16:00:00+05:30",
      end: "2026-11-22T17:00:00+05:30",
      visitors: 33.7,
      low: 22.1,
      high: 46.9,
    },
  ],
  anomalies: [],
  provenance: { generated: true, simulated: false },
};

describe("what is expected", () => {
  it("is of hours that have not begun, by their moment and not by its spelling", () => {
    const [counting, coming] = withExpected(
      [bar("2026-11-22T15:00:00+05:30", { value: 12 }), bar("2026-11-22T10:30:00Z", {})],
      forecast,
    );
    expect(counting?.expected).toBeUndefined();
    expect(coming?.expected).toEqual({ value: 33.7, low: 22.1, high: 46.9 });
  });

  it("is told with its range", () => {
    expect(expectedWords({ value: 33.7, low: 22.1, high: 46.9 })).toBe("about 34 expected (22–47)");
    expect(restOfTodayWords(forecast)).toBe("About 214 more expected today");
  });

  it("is nothing without a forecast", () => {
    expect(withExpected([bar("2026-11-22T16:00:00+05:30", {})], undefined)[0]?.expected).toBeUndefined();
    expect(restOfTodayWords(undefined)).toBeNull();
    expect(restOfTodayWords({ ...forecast, rest_of_today: null })).toBeNull();
    expect(restOfTodayWords({ ...forecast, rest_of_today: 0.2 })).toBeNull();
  });
});
