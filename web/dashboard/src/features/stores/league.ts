import type { KpiNote, StoreSummary } from "@metrica/client/owner.ts";

/** A store in the league. Unknown numbers are undefined, so that they are last in every order. */
export interface LeagueRow {
  store: StoreSummary;
  name: string;
  occupancy: number | undefined;
  visitorsToday: number | undefined;
  /** The visitors of the seven days. */
  visitors: number | undefined;
  /** The visitors of the days that have a counterpart, and of these in the seven days before. */
  comparable: number | undefined;
  before: number | undefined;
  /** The relative change from `before`; undefined unless the two are comparable. */
  change: number | undefined;
  /** Why there is no change, or why it must be read with care. */
  note: KpiNote | null;
  /** The share of the open time of the seven days that was observed. */
  coverage: number | undefined;
}

export interface LeagueTotals {
  /** The number of comparable stores, which the other numbers include. */
  stores: number;
  visitors: number;
  before: number;
  change: number | undefined;
}

const dayMs = 86_400_000;

/** Returns the last day of the league: yesterday in the store where the day began first, so that the days are over in all stores. */
export function lastLeagueDate(stores: readonly StoreSummary[], now: string): string {
  const today = stores.map(({ sparkline }) => sparkline[0]?.start.slice(0, 10) ?? now.slice(0, 10)).sort()[0];
  const yesterday = Date.parse(`${today ?? now.slice(0, 10)}T00:00:00Z`) - dayMs;
  return new Date(yesterday).toISOString().slice(0, 10);
}

/** Joins the stores with their numbers of the seven days, beside those of the seven days before. */
export function toLeague(stores: readonly StoreSummary[], ofWeek: readonly StoreSummary[]): LeagueRow[] {
  const periods = new Map(ofWeek.map(({ store_id, period }) => [store_id, period]));
  return stores.map((store) => {
    const period = periods.get(store.store_id) ?? undefined;
    const visitors = period?.compare?.visitors;
    return {
      store,
      name: store.name,
      occupancy: store.occupancy ?? undefined,
      visitorsToday: store.visitors_today ?? undefined,
      visitors: period?.visitors ?? undefined,
      comparable: visitors?.comparable ?? undefined,
      before: visitors?.baseline ?? undefined,
      change: visitors?.change ?? undefined,
      note: visitors?.note ?? null,
      coverage: period?.coverage ?? undefined,
    };
  });
}

/** Returns the totals of the stores that are comparable. */
export function leagueTotals(rows: readonly LeagueRow[]): LeagueTotals {
  const comparable = rows.filter(({ change }) => change !== undefined);
  const sum = (value: (row: LeagueRow) => number | undefined) =>
    comparable.reduce((total, row) => total + (value(row) ?? 0), 0);
  const visitors = sum((row) => row.comparable);
  const before = sum((row) => row.before);
  return {
    stores: comparable.length,
    visitors,
    before,
    change: before > 0 ? visitors / before - 1 : undefined,
  };
}

/** Returns the stores whose name contains the text, in any case. */
export function searchLeague(rows: readonly LeagueRow[], text: string): LeagueRow[] {
  const wanted = text.trim().toLowerCase();
  return rows.filter(({ name }) => name.toLowerCase().includes(wanted));
}
