import type { Forecast } from "@metrica/client/owner.ts";
import type { Bar } from "@metrica/ui/charts/bucket.ts";
import { describe, expect, it } from "vitest";
import {
  expectedLabel,
  formatExpected,
  formatRestOfToday,
  storeDayOf,
  toForecastBars,
  toForecastDays,
  withForecast,
} from "./forecast.ts";

const hour = (start: string, end: string, visitors: number) => ({
  start,
  end,
  visitors,
  low: visitors - 5,
  high: visitors + 5,
  annotations: [],
});

const evening = [
  hour("2026-11-22T22:00:00+05:30", "2026-11-22T23:00:00+05:30", 20.5),
  hour("2026-11-22T23:00:00+05:30", "2026-11-23T00:00:00+05:30", 31),
  hour("2026-11-23T00:00:00+05:30", "2026-11-23T01:00:00+05:30", 12),
  hour("2026-11-23T18:00:00+05:30", "2026-11-23T19:00:00+05:30", 9),
];

describe("toForecastDays", () => {
  it("groups the hours by store-day", () => {
    const days = toForecastDays(evening, "04:00");
    expect(days.map(({ date, visitors }) => [date, visitors])).toEqual([
      ["2026-11-22", 63.5],
      ["2026-11-23", 9],
    ]);
    expect(toForecastDays(evening, "00:00").map(({ date }) => date)).toEqual(["2026-11-22", "2026-11-23"]);
    expect(toForecastDays(evening, "00:00")[1]?.hours).toHaveLength(2);
  });

  it("finds the busiest hour, the first of equal ones", () => {
    expect(toForecastDays(evening, "04:00")[0]?.busiest.visitors).toBe(31);
    expect(
      toForecastDays(
        [hour("a", "b", 0), hour("a", "c", 0)].map((h) => ({ ...h, start: "2026-11-23T09:00:00Z" })),
        "00:00",
      )[0]?.busiest.end,
    ).toBe("b");
  });

  it("is empty without a forecast", () => {
    expect(toForecastDays([], "00:00")).toEqual([]);
  });

  it("gives pending bars with the range of each hour", () => {
    const [day] = toForecastDays(evening, "04:00");
    const bars = day === undefined ? [] : toForecastBars(day, "Asia/Kolkata");
    expect(bars.map(({ label, title, value, state }) => [label, title, value, state])).toEqual([
      ["22", "22:00–23:00", null, "pending"],
      ["23", "23:00–00:00", null, "pending"],
      ["00", "00:00–01:00", null, "pending"],
    ]);
    expect(bars[0]?.expected).toEqual({ value: 20.5, low: 15.5, high: 25.5 });
  });
});

describe("storeDayOf", () => {
  it("does not depend on the time zone of the browser", () => {
    expect(storeDayOf("2026-11-23T03:59:00+13:00", "04:00")).toBe("2026-11-22");
    expect(storeDayOf("2026-11-23T04:00:00+13:00", "04:00")).toBe("2026-11-23");
  });
});

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
    {
      start: "2026-11-22T15:20:00+05:30",
      end: "2026-11-22T16:00:00+05:30",
      visitors: 9,
      low: 4,
      high: 15,
      annotations: [],
    },
    {
      start: "2026-11-22T16:00:00+05:30",
      end: "2026-11-22T17:00:00+05:30",
      visitors: 33.7,
      low: 22.1,
      high: 46.9,
      annotations: [],
    },
  ],
  anomalies: [],
  provenance: { generated: true, simulated: false },
};

describe("the forecast of a bar", () => {
  it("is added to hours that have not begun, whatever the UTC offset of their start", () => {
    const [inProgress, upcoming] = withForecast(
      [bar("2026-11-22T15:00:00+05:30", { value: 12 }), bar("2026-11-22T10:30:00Z", {})],
      forecast,
    );
    expect(inProgress?.expected).toBeUndefined();
    expect(upcoming?.expected).toEqual({ value: 33.7, low: 22.1, high: 46.9 });
  });

  it("is formatted with its range", () => {
    expect(formatExpected({ value: 33.7, low: 22.1, high: 46.9 })).toBe("about 34 expected (22–47)");
    expect(formatRestOfToday(forecast)).toBe("About 214 more expected today");
    expect(expectedLabel(forecast)).toBe("Forecast, 80% range");
  });

  it("is absent without a forecast", () => {
    expect(withForecast([bar("2026-11-22T16:00:00+05:30", {})], undefined)[0]?.expected).toBeUndefined();
    expect(formatRestOfToday(undefined)).toBeNull();
    expect(formatRestOfToday({ ...forecast, rest_of_today: null })).toBeNull();
    expect(formatRestOfToday({ ...forecast, rest_of_today: 0.2 })).toBeNull();
  });
});
