import type { Bucket } from "@metrica/client/owner.ts";
import { describe, expect, it } from "vitest";
import { barTooltipLines, formatBarState, toAllBars, toBars } from "./chart-data.ts";

const hour = (start: string, end: string, more: Partial<Bucket>): Bucket => ({
  start,
  end,
  visitors: 5,
  exits: 4,
  unmatched_exits: 0,
  residual: null,
  occupancy_average: 2.5,
  occupancy_end: 1,
  state: "value",
  coverage: 1,
  note: null,
  baseline_visitors: 6,
  annotations: [],
  ...more,
});

const day = {
  interval: "hour" as const,
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

describe("a bucket in which the line changed", () => {
  it("says so in the tooltip, beside its value", () => {
    const changed = hour("2026-11-22T09:00:00+05:30", "2026-11-22T10:00:00+05:30", { note: "line_changed" });
    const [bar] = toBars({ ...day, buckets: [changed] });
    expect(bar && barTooltipLines(bar, null)).toEqual([
      "5 visitors",
      "The counting line changed",
      "2.5 people inside on average",
    ]);
    const [other] = toBars({ ...day, buckets: [{ ...changed, note: null }] });
    expect(other && barTooltipLines(other, null)).toEqual(["5 visitors", "2.5 people inside on average"]);
  });
});

describe("the bars of a day", () => {
  it("are labelled in the time zone of the store", () => {
    expect(toBars(day).map((bar) => [bar.label, bar.title])).toEqual([
      ["09", "09:00–10:00"],
      ["10", "10:00–11:00"],
    ]);
  });

  it("omit the closed hours, the table does not", () => {
    expect(toAllBars(day)).toHaveLength(3);
  });

  it("keep unknown values unknown", () => {
    expect(toBars(day)[1]).toMatchObject({ value: null, state: "no_data" });
    expect(toBars(day).map((bar) => bar.occupancy)).toEqual([2.5, null]);
  });
});

describe("the bars of a week", () => {
  it("are labelled with their days", () => {
    const week = {
      ...day,
      interval: "day" as const,
      buckets: [hour("2026-11-16T00:00:00+05:30", "2026-11-17T00:00:00+05:30", {})],
    };
    expect(toBars(week).map((bar) => [bar.label, bar.title])).toEqual([["Mon 16", "Mon 16 Nov"]]);
  });

  it("are labelled with the day of the month when there are many", () => {
    const days = Array.from({ length: 11 }, (_, index) =>
      hour(`2026-11-${index + 10}T00:00:00+05:30`, `2026-11-${index + 11}T00:00:00+05:30`, {}),
    );
    expect(toBars({ ...day, interval: "day", buckets: days }).map((bar) => bar.label)[0]).toBe("10");
  });

  it("are labelled with the first day of a week and with the month", () => {
    const week = hour("2026-11-16T00:00:00+05:30", "2026-11-23T00:00:00+05:30", {});
    const month = hour("2026-11-01T00:00:00+05:30", "2026-12-01T00:00:00+05:30", {});
    expect(toBars({ ...day, interval: "week", buckets: [week] })).toMatchObject([
      { label: "16 Nov", title: "Mon 16 Nov – Sun 22 Nov" },
    ]);
    expect(toBars({ ...day, interval: "month", buckets: [month] })).toMatchObject([
      { label: "Nov", title: "Sun 1 Nov – Mon 30 Nov" },
    ]);
  });
});

describe("what is special about a day", () => {
  const annotations = [
    {
      date: "2026-12-08",
      public_holiday: "Immaculate Conception",
      public_holiday_names: {},
      note: null,
      has_special_hours: true,
    },
  ];
  const buckets = [hour("2026-12-08T00:00:00+05:30", "2026-12-09T00:00:00+05:30", { annotations })];

  it("is an annotation of its bar in a week", () => {
    const [bar] = toBars({ ...day, interval: "day", buckets });
    expect(bar?.annotation).toBe("Tue 8 Dec: Immaculate Conception, other opening hours");
    expect(bar && barTooltipLines(bar, null)).toContain(bar?.annotation);
  });

  it("is not repeated at each hour of the day", () => {
    expect(toBars({ ...day, buckets })[0]).not.toHaveProperty("annotation");
  });
});

describe("the tooltip of a bar", () => {
  it("has the visitors, the state and the baseline", () => {
    const bar = {
      value: 23,
      state: "partial",
      coverage: 0.62,
      baseline: 39,
      key: "",
      label: "",
      title: "",
    } as const;
    expect(barTooltipLines(bar, "Sun 15 Nov")).toEqual([
      "23 visitors",
      "Partial data: 62% coverage",
      "39 · Sun 15 Nov",
    ]);
    expect(barTooltipLines(bar, null)).toHaveLength(2);
  });

  it("has no number without data", () => {
    expect(
      barTooltipLines(
        { value: null, state: "no_data", coverage: 0, baseline: null, key: "", label: "", title: "" },
        null,
      ),
    ).toEqual(["No data"]);
  });

  it("distinguishes an hour in progress from an upcoming one", () => {
    expect(formatBarState({ state: "pending", value: 4, coverage: 1 })).toBe("In progress");
    expect(formatBarState({ state: "pending", value: 0, coverage: 1 })).toBe("In progress");
    expect(formatBarState({ state: "pending", value: null, coverage: null })).toBe("Upcoming");
  });
});
