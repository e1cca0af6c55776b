import type { CompareMode, Period } from "@metrica/client/owner.ts";
import { type PlainDate, parsePlainDate } from "./calendar.ts";

/** What the page shows; all of it stands in the address, so that Back and a shared link bring it back. */
export interface View {
  period: Period;
  /** Any day of the period; undefined follows today. */
  date?: PlainDate | undefined;
  compare: CompareMode;
}

/** The same as it stands in the address: what is usual is left out. */
export type StoreSearch = Partial<View>;

export const periods: readonly Period[] = ["day", "week", "month"];
export const compareModes: readonly CompareMode[] = ["previous", "year", "none"];

const usual = { period: "day", compare: "previous" } as const;

/** Reads an address. What cannot be read counts as not said: an old or mistyped link still opens the page. */
export function parseStoreSearch(search: Record<string, unknown>): StoreSearch {
  const period = periods.find((known) => known === search.period);
  const compare = compareModes.find((known) => known === search.compare);
  return searchOf({
    period: period ?? usual.period,
    date: parsePlainDate(search.date),
    compare: compare ?? usual.compare,
  });
}

export function viewOf(search: StoreSearch): View {
  return { ...usual, ...search };
}

/** The address of a view. */
export function searchOf({ period, date, compare }: View): StoreSearch {
  return {
    ...(period === usual.period ? {} : { period }),
    ...(date === undefined ? {} : { date }),
    ...(compare === usual.compare ? {} : { compare }),
  };
}

/** The next way to compare, in the order in which the X key goes round. */
export function nextCompare(mode: CompareMode): CompareMode {
  return compareModes[(compareModes.indexOf(mode) + 1) % compareModes.length] ?? usual.compare;
}
