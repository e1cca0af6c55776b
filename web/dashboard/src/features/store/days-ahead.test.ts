import { describe, expect, it } from "vitest";
import { barsAhead, daysAhead, hourWords, storeDay } from "./days-ahead.ts";

const hour = (start: string, end: string, visitors: number) => ({
  start,
  end,
  visitors,
  low: visitors - 5,
  high: visitors + 5,
});

const evening = [
  hour("2026-11-22T22:00:00+05:30", "2026-11-22T23:00:00+05:30", 20.5),
  hour("2026-11-22T23:00:00+05:30", "2026-11-23T00:00:00+05:30", 31),
  hour("2026-11-23T00:00:00+05:30", "2026-11-23T01:00:00+05:30", 12),
  hour("2026-11-23T18:00:00+05:30", "2026-11-23T19:00:00+05:30", 9),
];

describe("the days ahead", () => {
  it("are store-days: the hours after midnight belong to the evening before", () => {
    const days = daysAhead(evening, "04:00");
    expect(days.map(({ date, visitors }) => [date, visitors])).toEqual([
      ["2026-11-22", 63.5],
      ["2026-11-23", 9],
    ]);
    expect(daysAhead(evening, "00:00").map(({ date }) => date)).toEqual(["2026-11-22", "2026-11-23"]);
    expect(daysAhead(evening, "00:00")[1]?.hours).toHaveLength(2);
  });

  it("have a busiest hour, the first of equals", () => {
    expect(daysAhead(evening, "04:00")[0]?.busiest.visitors).toBe(31);
    expect(
      daysAhead(
        [hour("a", "b", 0), hour("a", "c", 0)].map((h) => ({ ...h, start: "2026-11-23T09:00:00Z" })),
        "00:00",
      )[0]?.busiest.end,
    ).toBe("b");
  });

  it("are none without a forecast", () => {
    expect(daysAhead([], "00:00")).toEqual([]);
  });

  it("are drawn as what is still to come, with the range of each hour", () => {
    const [day] = daysAhead(evening, "04:00");
    const bars = day === undefined ? [] : barsAhead(day, "Asia/Kolkata");
    expect(bars.map(({ label, title, value, state }) => [label, title, value, state])).toEqual([
      ["22", "22:00–23:00", null, "pending"],
      ["23", "23:00–00:00", null, "pending"],
      ["00", "00:00–01:00", null, "pending"],
    ]);
    expect(bars[0]?.expected).toEqual({ value: 20.5, low: 15.5, high: 25.5 });
  });
});

describe("a moment of the store", () => {
  it("has its store-day whatever the browser's zone", () => {
    expect(storeDay("2026-11-23T03:59:00+13:00", "04:00")).toBe("2026-11-22");
    expect(storeDay("2026-11-23T04:00:00+13:00", "04:00")).toBe("2026-11-23");
    expect(
      hourWords({ start: "2026-11-23T03:00:00+13:00", end: "2026-11-23T04:00:00+13:00" }, "Pacific/Auckland"),
    ).toBe("03:00–04:00");
  });
});
