import type { StoreSummary } from "@metrica/client/owner.ts";

/** The days that the league compares: the last seven complete store-days and the seven before them. */
export interface LeagueDates {
  /** The last day of the seven days, and of the seven days before. */
  current: string;
  before: string;
}

/** A store in the league. Unknown numbers are undefined, so that they are last in every order. */
export interface LeagueRow {
  store: StoreSummary;
  name: string;
  occupancy: number | undefined;
  visitorsToday: number | undefined;
  /** The visitors of the seven days. */
  visitors: number | undefined;
  before: number | undefined;
  /** The relative change from `before`; undefined unless the two are comparable. */
  change: number | undefined;
  /** The smaller of the coverages of the two periods. */
  coverage: number | undefined;
}

export interface LeagueTotals {
  /** The number of comparable stores, which the other numbers include. */
  stores: number;
  visitors: number;
  before: number;
  change: number | undefined;
}

/** From this coverage on, two periods are comparable: as in the states of a bucket. */
const comparableCoverage = 0.9;
const dayMs = 86_400_000;

/** Returns the dates of the league: yesterday in the store where the day began first, so that the days are over in all stores. */
export function leagueDates(stores: readonly StoreSummary[], now: string): LeagueDates {
  const today = stores.map(({ sparkline }) => sparkline[0]?.start.slice(0, 10) ?? now.slice(0, 10)).sort()[0];
  const yesterday = Date.parse(`${today ?? now.slice(0, 10)}T00:00:00Z`) - dayMs;
  const toDate = (time: number) => new Date(time).toISOString().slice(0, 10);
  return { current: toDate(yesterday), before: toDate(yesterday - 7 * dayMs) };
}

/** Joins the stores with the numbers of the seven days and of the seven days before. */
export function toLeague(
  stores: readonly StoreSummary[],
  current: readonly StoreSummary[],
  before: readonly StoreSummary[],
): LeagueRow[] {
  const periodOf = (list: readonly StoreSummary[], id: string) =>
    list.find(({ store_id }) => store_id === id)?.period ?? undefined;
  return stores.map((store) => {
    const now = periodOf(current, store.store_id);
    const earlier = periodOf(before, store.store_id);
    const visitors = now?.visitors ?? undefined;
    const visitorsBefore = earlier?.visitors ?? undefined;
    const coverage = Math.min(now?.coverage ?? 0, earlier?.coverage ?? 0);
    const comparable =
      visitors !== undefined && visitorsBefore !== undefined && coverage >= comparableCoverage;
    return {
      store,
      name: store.name,
      occupancy: store.occupancy ?? undefined,
      visitorsToday: store.visitors_today ?? undefined,
      visitors,
      before: visitorsBefore,
      change: comparable && visitorsBefore > 0 ? visitors / visitorsBefore - 1 : undefined,
      coverage: now === undefined || earlier === undefined ? undefined : coverage,
    };
  });
}

/** Returns the totals of the stores that are comparable. */
export function leagueTotals(rows: readonly LeagueRow[]): LeagueTotals {
  const comparable = rows.filter(({ change }) => change !== undefined);
  const sum = (value: (row: LeagueRow) => number | undefined) =>
    comparable.reduce((total, row) => total + (value(row) ?? 0), 0);
  const visitors = sum((row) => row.visitors);
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
