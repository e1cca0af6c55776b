import type { StoreSummary } from "@metrica/client/owner.ts";
import { describe, expect, it } from "vitest";
import { periodAnswer, storeSummary } from "#testing/fixtures.ts";
import { leagueDates, leagueTotals, searchLeague, toLeague } from "./league.ts";

const store = (id: string, visitors: number | null, coverage: number | null = 1): StoreSummary =>
  storeSummary({ store_id: id, name: `Store ${id}`, period: periodAnswer({ visitors, coverage }) });

describe("the league", () => {
  const stores = ["a", "b", "c", "d"].map((id) => store(id, 0));
  const current = [store("a", 110), store("b", 50, 0.5), store("c", null, 0), store("d", 300)];
  const before = [store("a", 100), store("b", 100), store("c", 80), store("d", 200)];
  const rows = toLeague(stores, current, before);

  it("has the change of the comparable stores only", () => {
    expect(rows.map(({ change }) => change?.toFixed(2))).toEqual(["0.10", undefined, undefined, "0.50"]);
    expect(rows.map(({ coverage }) => coverage)).toEqual([1, 0.5, 0, 1]);
  });

  it("adds up the comparable stores only", () => {
    expect(leagueTotals(rows)).toEqual({ stores: 2, visitors: 410, before: 300, change: 410 / 300 - 1 });
    expect(leagueTotals([])).toEqual({ stores: 0, visitors: 0, before: 0, change: undefined });
  });

  it("is searched by name", () => {
    expect(searchLeague(rows, " store B").map(({ name }) => name)).toEqual(["Store b"]);
  });

  it("ends with the last day that is over in every store", () => {
    const point = (start: string) => [{ start, visitors: 0, state: "value" as const }];
    const ahead = storeSummary({ sparkline: point("2026-11-25T00:00:00+13:00") });
    const behind = storeSummary({ sparkline: point("2026-11-24T04:00:00-08:00") });
    expect(leagueDates([ahead, behind], "2026-11-24T15:00:00Z")).toEqual({
      current: "2026-11-23",
      before: "2026-11-16",
    });
  });
});
