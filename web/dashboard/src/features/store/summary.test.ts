import type { Dashboard } from "@metrica/client/owner.ts";
import { describe, expect, it } from "vitest";
import { dashboardAnswer } from "#testing/fixtures.ts";
import { summarizePeriod } from "./summary.ts";

const compare: NonNullable<Dashboard["compare"]> = {
  mode: "previous",
  match: "weekday",
  date: "2026-11-17",
  start: "2026-11-17T00:00:00+01:00",
  end: "2026-11-17T15:00:00+01:00",
  days: 1,
  days_left_out: 0,
  note: null,
  annotations: [],
};

const complete = { ...dashboardAnswer().window, in_progress: false };

function visitors(changes: object) {
  const { kpis } = dashboardAnswer();
  return { ...kpis, visitors: { ...kpis.visitors, ...changes } };
}

describe("the sentence about a period", () => {
  it("says today so far, with the baseline and the busiest hour", () => {
    expect(summarizePeriod(dashboardAnswer({ compare }))).toBe(
      "312 visitors by 15:00, 8% more than last Tuesday (290); the busiest hour was 12–13.",
    );
  });

  it("names the compared period", () => {
    const said = (changes: Parameters<typeof dashboardAnswer>[0]) =>
      summarizePeriod(dashboardAnswer(changes)).split(/than |;/)[1];
    expect(said({ compare: { ...compare, date: "2026-11-23" } })).toBe("yesterday (290)");
    expect(said({ compare: { ...compare, date: "2025-11-25" } })).toBe("on Tue 25 Nov 2025 (290)");
    expect(said({ compare, window: complete })).toBe("on Tue 17 Nov (290)");
    expect(said({ compare, period: "week" })).toBe("last week (290)");
    expect(said({ compare: { ...compare, date: "2026-10-01" }, period: "month", window: complete })).toBe(
      "in October (290)",
    );
  });

  it("says fewer, and about as many", () => {
    const said = (change: number) =>
      summarizePeriod(dashboardAnswer({ compare, kpis: visitors({ change }) }));
    expect(said(-0.123)).toContain(", 12% fewer than last Tuesday (290);");
    expect(said(0.002)).toContain(", about as many as last Tuesday (290);");
  });

  it("compares nothing that the API does not compare", () => {
    expect(summarizePeriod(dashboardAnswer())).toBe("312 visitors by 15:00; the busiest hour was 12–13.");
    const kpis = visitors({ change: null, note: "special_day" });
    expect(summarizePeriod(dashboardAnswer({ compare, kpis }))).toBe(
      "312 visitors by 15:00; the busiest hour was 12–13.",
    );
  });

  it("says when the change is that of a part of the days", () => {
    const kpis = visitors({ comparable: 250 });
    expect(summarizePeriod(dashboardAnswer({ compare, kpis }))).toContain(
      "more than last Tuesday (290) on comparable days;",
    );
  });

  it("knows no number without data", () => {
    const kpis = visitors({ value: null, comparable: null, change: null, note: "not_observed" });
    expect(summarizePeriod(dashboardAnswer({ compare, kpis }))).toBe("No visitors were observed yet.");
    expect(summarizePeriod(dashboardAnswer({ kpis, window: complete }))).toBe("No visitors were observed.");
  });
});
