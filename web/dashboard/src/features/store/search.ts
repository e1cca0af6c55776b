import type { CompareMode, MatchMode } from "@metrica/client/owner.ts";
import {
  adjacentPeriod,
  adjacentRange,
  countDays,
  type DaySpan,
  type NamedPeriod,
  type PlainDate,
  parsePlainDate,
  periodSpan,
} from "./calendar.ts";

/** The days that the store page shows: a period of a date, or a range. */
export type ViewedDays =
  | {
      period: NamedPeriod;
      /** Any day of the period, the last of `last7` and `last28`; undefined is today. */
      date?: PlainDate | undefined;
      /** The clock time of an hour of the day, whose quarter-hours are shown: `16:00`. With the UTC offset if it occurs twice. */
      hour?: string | undefined;
    }
  | { period: "range"; from: PlainDate; to: PlainDate };

/** The state of the store page. The search parameters hold all of it, so that Back and shared links restore it. */
export type View = ViewedDays & { compare: CompareMode; match: MatchMode };

/** The search parameters of the store page. Default values are omitted. */
export interface StoreSearch {
  period?: NamedPeriod | undefined;
  date?: PlainDate | undefined;
  hour?: string | undefined;
  /** The first day of a range. */
  from?: PlainDate | undefined;
  /** The day after the last of a range. */
  to?: PlainDate | undefined;
  compare?: CompareMode | undefined;
  match?: MatchMode | undefined;
}

/** The periods with a link of their own. */
export const calendarPeriods = ["day", "week", "month", "quarter", "year"] as const;
const namedPeriods: readonly NamedPeriod[] = [...calendarPeriods, "last7", "last28"];
export const compareModes: readonly CompareMode[] = ["previous", "year", "none"];
export const matchModes: readonly MatchMode[] = ["weekday", "date"];

/** The longest range, in days: the limit of the API. */
export const maxRangeDays = 366;

const defaults = { period: "day", compare: "previous", match: "weekday" } as const;

/** Parses the search parameters. Invalid values are ignored, so that an old or mistyped link opens the page. */
export function parseStoreSearch(search: Record<string, unknown>): StoreSearch {
  return toSearch({
    ...parseDays(search),
    compare: compareModes.find((known) => known === search.compare) ?? defaults.compare,
    match: matchModes.find((known) => known === search.match) ?? defaults.match,
  });
}

function parseDays(search: Record<string, unknown>): ViewedDays {
  const from = parsePlainDate(search.from);
  const to = parsePlainDate(search.to);
  if (from !== undefined && to !== undefined && isRange({ start: from, end: to })) {
    return { period: "range", from, to };
  }
  const period = namedPeriods.find((known) => known === search.period) ?? defaults.period;
  const isHour = period === "day" && typeof search.hour === "string" && hourPattern.test(search.hour);
  return { period, date: parsePlainDate(search.date), ...(isHour ? { hour: String(search.hour) } : {}) };
}

const hourPattern = /^\d\d:\d\d([+-]\d\d:\d\d)?$/;

/** Whether the API accepts the range: not empty and not too long. */
export function isRange(span: DaySpan): boolean {
  return span.start < span.end && countDays(span) <= maxRangeDays;
}

/** Adds the default values to the search parameters. */
export function toView(search: StoreSearch): View {
  const { period = defaults.period, date, hour, from, to } = search;
  const { compare = defaults.compare, match = defaults.match } = search;
  if (from !== undefined && to !== undefined) return { period: "range", from, to, compare, match };
  return { period, date, ...(hour === undefined ? {} : { hour }), compare, match };
}

/** Returns the search parameters of a view. */
export function toSearch(view: View): StoreSearch {
  const { compare, match } = view;
  const days =
    view.period === "range"
      ? { from: view.from, to: view.to }
      : {
          ...(view.period === defaults.period ? {} : { period: view.period }),
          ...(view.date === undefined ? {} : { date: view.date }),
          ...(view.hour === undefined ? {} : { hour: view.hour }),
        };
  return {
    ...days,
    ...(compare === defaults.compare ? {} : { compare }),
    ...(match === defaults.match ? {} : { match }),
  };
}

/** Returns the view with other days and the same comparison. */
export function withDays({ compare, match }: View, days: ViewedDays): View {
  return { ...days, compare, match };
}

/** Returns the view of another period that contains the first of the shown days; that of today when today is shown. */
export function withPeriod(view: View, period: NamedPeriod, today: PlainDate | undefined): View {
  if (view.period !== "range") return withDays(view, { period, date: view.date });
  const showsToday = today !== undefined && view.from <= today && today < view.to;
  return withDays(view, { period, date: showsToday ? undefined : view.from });
}

/** Returns the shown days; undefined for a view of today while today is unknown. */
export function viewSpan(
  view: ViewedDays,
  today: PlainDate | undefined,
  firstWeekday: number,
): DaySpan | undefined {
  if (view.period === "range") return { start: view.from, end: view.to };
  const date = view.date ?? today;
  return date === undefined ? undefined : periodSpan(view.period, date, firstWeekday);
}

/** Returns the view one period earlier (`-1`) or later (`1`); undefined in the future and while today is unknown. */
export function adjacentView(
  view: View,
  direction: -1 | 1,
  today: PlainDate | undefined,
  firstWeekday: number,
): View | undefined {
  if (today === undefined) return undefined;
  if (view.period === "range") {
    const range = adjacentRange({ start: view.from, end: view.to }, direction, today);
    return range && withDays(view, { period: "range", from: range.start, to: range.end });
  }
  const { period, date = today } = view;
  const target = adjacentPeriod(period, date, direction, today, firstWeekday);
  if (target === undefined) return undefined;
  return withDays(view, target === "current" ? { period } : { period, date: target });
}

/** Whether the days of a view include today, or come after it. */
export function showsToday(view: View, today: PlainDate | undefined, firstWeekday: number): boolean {
  if (view.period !== "range" && view.date === undefined) return true;
  const span = viewSpan(view, today, firstWeekday);
  return today !== undefined && span !== undefined && today < span.end;
}

/** Returns the mode after the given one. The X key cycles through the modes. */
export function nextCompareMode(mode: CompareMode): CompareMode {
  return compareModes[(compareModes.indexOf(mode) + 1) % compareModes.length] ?? defaults.compare;
}
