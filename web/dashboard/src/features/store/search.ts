import type { CompareMode, Period } from "@metrica/client/owner.ts";
import { type PlainDate, parsePlainDate } from "./calendar.ts";

/** The state of the store page. The search parameters hold all of it, so that Back and shared links restore it. */
export interface View {
  period: Period;
  /** Any day of the period; undefined is today. */
  date?: PlainDate | undefined;
  compare: CompareMode;
}

/** The search parameters of the store page. Default values are omitted. */
export type StoreSearch = { [Key in keyof View]?: View[Key] | undefined };

export const periods: readonly Period[] = ["day", "week", "month"];
export const compareModes: readonly CompareMode[] = ["previous", "year", "none"];

const defaults = { period: "day", compare: "previous" } as const;

/** Parses the search parameters. Invalid values are ignored, so that an old or mistyped link opens the page. */
export function parseStoreSearch(search: Record<string, unknown>): StoreSearch {
  const period = periods.find((known) => known === search.period);
  const compare = compareModes.find((known) => known === search.compare);
  return toSearch({
    period: period ?? defaults.period,
    date: parsePlainDate(search.date),
    compare: compare ?? defaults.compare,
  });
}

/** Adds the default values to the search parameters. */
export function toView(search: StoreSearch): View {
  const { period = defaults.period, date, compare = defaults.compare } = search;
  return { period, date, compare };
}

/** Returns the search parameters of a view. */
export function toSearch({ period, date, compare }: View): StoreSearch {
  return {
    ...(period === defaults.period ? {} : { period }),
    ...(date === undefined ? {} : { date }),
    ...(compare === defaults.compare ? {} : { compare }),
  };
}

/** Returns the mode after the given one. The X key cycles through the modes. */
export function nextCompareMode(mode: CompareMode): CompareMode {
  return compareModes[(compareModes.indexOf(mode) + 1) % compareModes.length] ?? defaults.compare;
}
