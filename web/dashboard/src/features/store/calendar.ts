import type { Period } from "@metrica/client/owner.ts";
import { dateTimeFormat } from "@metrica/ui/format/date-time-format.ts";
import { withoutEnglishComma } from "@metrica/ui/format/time.ts";

/** A date without time and time zone: `2026-11-22`. The order of dates is the order of their text. */
export type PlainDate = string;

/** Some days in a row, half-open: `end` is the day after the last. */
export interface DaySpan {
  start: PlainDate;
  end: PlainDate;
}

/** A period that one of its days determines. */
export type NamedPeriod = Exclude<Period, "range">;

const dayMs = 86_400_000;
const months: Partial<Record<Period, number>> = { month: 1, quarter: 3, year: 12 };
const runs: Partial<Record<Period, number>> = { last7: 7, last28: 28 };

/** Returns the date; undefined for other text and for dates that do not exist, such as `2026-02-30`. */
export function parsePlainDate(text: unknown): PlainDate | undefined {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && toPlainDate(time) === text ? text : undefined;
}

/** Returns the date that is `days` later. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return toPlainDate(toUtcMs(date) + days * dayMs);
}

/** Returns the number of days. */
export function countDays({ start, end }: DaySpan): number {
  return Math.round((toUtcMs(end) - toUtcMs(start)) / dayMs);
}

/** Returns the days of the period of a date; `last7` and `last28` end with the date. Weeks begin on `firstWeekday`; 1 is Monday. */
export function periodSpan(period: NamedPeriod, date: PlainDate, firstWeekday: number): DaySpan {
  const length = months[period];
  if (length !== undefined) {
    const month = Number(date.slice(5, 7)) - 1;
    const start = `${date.slice(0, 5)}${String(month - (month % length) + 1).padStart(2, "0")}-01`;
    return { start, end: addMonths(start, length) };
  }
  const run = runs[period];
  if (run !== undefined) return { start: addDays(date, 1 - run), end: addDays(date, 1) };
  if (period === "day") return { start: date, end: addDays(date, 1) };
  const start = addDays(date, -((new Date(toUtcMs(date)).getUTCDay() + 7 - firstWeekday) % 7));
  return { start, end: addDays(start, 7) };
}

/**
 * Returns a date of the period that is one period later (`1`) or earlier (`-1`); `"current"` for the period of today, undefined for
 * a period in the future.
 */
export function adjacentPeriod(
  period: NamedPeriod,
  date: PlainDate,
  direction: -1 | 1,
  today: PlainDate,
  firstWeekday: number,
): PlainDate | "current" | undefined {
  const run = runs[period];
  if (run !== undefined) {
    const end = addDays(date, direction * run);
    if (end < today) return end;
    return date < today ? "current" : undefined;
  }
  const { start, end } = periodSpan(period, date, firstWeekday);
  const target = direction === 1 ? end : periodSpan(period, addDays(start, -1), firstWeekday).start;
  const current = periodSpan(period, today, firstWeekday).start;
  if (target > current) return undefined;
  return target === current ? "current" : target;
}

/** Returns the range of the same length right before or after; undefined when it begins after today. */
export function adjacentRange(range: DaySpan, direction: -1 | 1, today: PlainDate): DaySpan | undefined {
  const days = direction * countDays(range);
  const start = addDays(range.start, days);
  return start > today ? undefined : { start, end: addDays(range.end, days) };
}

/** Returns the full name of a period: `Sunday 22 November 2026`, `16–22 November 2026`, `November 2026`, `2026`. */
export function formatPeriod(period: Period, span: DaySpan): string {
  const { start } = span;
  if (period === "year") return start.slice(0, 4);
  if (period === "month") return formatDate({ month: "long", year: "numeric" }, start);
  if (period === "quarter")
    return formatRange({ month: "long", year: "numeric" }, start, addDays(span.end, -1));
  const last = addDays(span.end, -1);
  if (start === last)
    return formatDate({ weekday: "long", day: "numeric", month: "long", year: "numeric" }, start);
  const month = start.slice(0, 7) === last.slice(0, 7) ? "long" : "short";
  return formatRange({ day: "numeric", month, year: "numeric" }, start, last);
}

/** `Tuesday`, or `Tue` in the short form. */
export function weekdayName(date: PlainDate, form: "short" | "long" = "long"): string {
  return formatDate({ weekday: form }, date);
}

/** `Tue 8 Dec` */
export function formatPlainDate(date: PlainDate): string {
  return formatDate({ weekday: "short", day: "numeric", month: "short" }, date);
}

/** `Dec`, or `December 2026` in the long form. */
export function formatMonth(date: PlainDate, form: "short" | "long"): string {
  return formatDate(form === "short" ? { month: "short" } : { month: "long", year: "numeric" }, date);
}

/** `16 Nov` */
export function formatDayOfMonth(date: PlainDate): string {
  return formatDate({ day: "numeric", month: "short" }, date);
}

function addMonths(firstOfMonth: PlainDate, count: number): PlainDate {
  const total = Number(firstOfMonth.slice(0, 4)) * 12 + Number(firstOfMonth.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(total / 12)).padStart(4, "0")}-${String((total % 12) + 1).padStart(2, "0")}-01`;
}

export function formatDate(options: Intl.DateTimeFormatOptions, date: PlainDate): string {
  return withoutEnglishComma(dateTimeFormat("UTC", options).format(toUtcMs(date)));
}

/** Returns two dates and what they share once, in the order of the language. Days of one month have no spaces: `9–15 Nov`. */
export function formatRange(options: Intl.DateTimeFormatOptions, first: PlainDate, last: PlainDate): string {
  return dateTimeFormat("UTC", options)
    .formatRange(toUtcMs(first), toUtcMs(last))
    .replaceAll("\u2009", " ")
    .replace(/^(\d+\.?) – (\d)/, "$1–$2");
}

function toUtcMs(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function toPlainDate(time: number): PlainDate {
  return new Date(time).toISOString().slice(0, 10);
}
