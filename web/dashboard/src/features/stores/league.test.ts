import type { StoreSummary } from "@metrica/client/owner.ts";
import { describe, expect, it } from "vitest";
import { comparisonAnswer, periodAnswer, storeSummary } from "#testing/fixtures.ts";
import { lastLeagueDate, leagueTotals, searchLeague, toLeague } from "./league.ts";

const store = (id: string, visitors: number | null, baseline: number | null, change: number | null = null) =>
  storeSummary({
    store_id: id,
    name: `Store ${id}`,
    period: periodAnswer({
      visitors,
      compare: comparisonAnswer({ value: visitors, comparable: visitors, baseline, change }),
    }),
  });

describe("the league", () => {
  const ofWeek = [
    store("a", 110, 100, 0.1),
    store("b", 50, 100),
    store("c", null, 80),
    store("d", 300, 200, 0.5),
  ];
  const stores: StoreSummary[] = ofWeek.map((each) => ({ ...each, period: null }));
  const rows = toLeague(stores, ofWeek);

  it("has the change of the comparable stores only", () => {
    expect(rows.map(({ change }) => change)).toEqual([0.1, undefined, undefined, 0.5]);
    expect(rows.map(({ visitors, before }) => [visitors, before])).toEqual([
      [110, 100],
      [50, 100],
      [undefined, 80],
      [300, 200],
    ]);
  });

  it("adds up the comparable stores only, and of these the comparable days", () => {
    expect(leagueTotals(rows)).toEqual({ stores: 2, visitors: 410, before: 300, change: 410 / 300 - 1 });
    const partly = rows.map((row) => ({ ...row, comparable: row.name === "Store a" ? 90 : row.comparable }));
    expect(leagueTotals(partly).visitors).toBe(390);
    expect(leagueTotals([])).toEqual({ stores: 0, visitors: 0, before: 0, change: undefined });
  });

  it("is searched by name", () => {
    expect(searchLeague(rows, " store B").map(({ name }) => name)).toEqual(["Store b"]);
  });

  it("ends with the last day that is over in every store", () => {
    const point = (start: string) => [{ start, visitors: 0, state: "value" as const }];
    const ahead = storeSummary({ sparkline: point("2026-11-25T00:00:00+13:00") });
    const behind = storeSummary({ sparkline: point("2026-11-24T04:00:00-08:00") });
    expect(lastLeagueDate([ahead, behind], "2026-11-24T15:00:00Z")).toBe("2026-11-23");
  });
});
