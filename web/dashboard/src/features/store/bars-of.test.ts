import type { Bucket } from "@metrica/client/owner.ts";
import { describe, expect, it } from "vitest";
import { barsOf, barWords, everyBarOf, occupancyPointsOf, stateWords } from "./bars-of.ts";

const hour = (start: string, end: string, more: Partial<Bucket>): Bucket => ({
  start,
  end,
  visitors: 5,
  exits: 4,
  occupancy_average: 2.5,
  occupancy_end: 1,
  state: "value",
  coverage: 1,
  baseline_visitors: 6,
  ...more,
});

const day = {
  period: "day" as const,
  timezone: "Asia/Kolkata",
  buckets: [
    hour("2026-11-22T08:00:00+05:30", "2026-11-22T09:00:00+05:30", {
      state: "closed",
      visitors: 0,
      occupancy_average: 0,
    }),
    hour("2026-11-22T09:00:00+05:30", "2026-11-22T10:00:00+05:30", {}),
    hour("2026-11-22T10:00:00+05:30", "2026-11-22T11:00:00+05:30", {
      state: "no_data",
      visitors: null,
      occupancy_average: null,
    }),
  ],
};

describe("the bars of a day", () => {
  it("are named by the store's clock", () => {
    expect(barsOf(day).map((bar) => [bar.label, bar.title])).toEqual([
      ["09", "09:00–10:00"],
      ["10", "10:00–11:00"],
    ]);
  });

  it("leave the closed hours at the ends to the table", () => {
    expect(everyBarOf(day)).toHaveLength(3);
  });

  it("keep what is not known unknown", () => {
    expect(barsOf(day)[1]).toMatchObject({ value: null, state: "no_data" });
    expect(occupancyPointsOf(day).map((point) => point.value)).toEqual([2.5, null]);
  });
});

describe("the bars of a week", () => {
  it("are named by their days", () => {
    const week = {
      ...day,
      period: "week" as const,
      buckets: [hour("2026-11-16T00:00:00+05:30", "2026-11-17T00:00:00+05:30", {})],
    };
    expect(barsOf(week).map((bar) => [bar.label, bar.title])).toEqual([["Mon 16", "Mon 16 Nov"]]);
  });
});

describe("what a bar says", () => {
  it("is its number, its state and its baseline by name", () => {
    const bar = {
      value: 23,
      state: "partial",
      coverage: 0.62,
      baseline: 39,
      key: "",
      label: "",
      title: "",
    } as const;
    expect(barWords(bar, "Sun 15 Nov")).toEqual([
      "23 visitors",
      "Partly counted: 62% of the time",
      "39 · Sun 15 Nov",
    ]);
    expect(barWords(bar, null)).toHaveLength(2);
  });

  it("is No data, and no number, where nothing was observed", () => {
    expect(
      barWords(
        { value: null, state: "no_data", coverage: 0, baseline: null, key: "", label: "", title: "" },
        null,
      ),
    ).toEqual(["No data"]);
  });

  it("tells an hour that is filling from one that is still to come", () => {
    expect(stateWords({ state: "pending", value: 4, coverage: 1 })).toBe("Still counting");
    expect(stateWords({ state: "pending", value: 0, coverage: 1 })).toBe("Still counting");
    expect(stateWords({ state: "pending", value: null, coverage: null })).toBe("Still to come");
  });
});
