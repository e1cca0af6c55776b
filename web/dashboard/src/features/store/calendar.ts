import type { Period } from "@metrica/client/owner.ts";

/** A date without time and time zone: `2026-11-22`. The order of dates is the order of their text. */
export type PlainDate = string;

const dayMs = 86_400_000;

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

/** Returns the first day of the period of a date. Weeks begin on `firstWeekday`; 1 is Monday. */
export function periodStart(period: Period, date: PlainDate, firstWeekday: number): PlainDate {
  if (period === "day") return date;
  if (period === "month") return `${date.slice(0, 7)}-01`;
  return addDays(date, -((new Date(toUtcMs(date)).getUTCDay() + 7 - firstWeekday) % 7));
}

/** Returns the first day of the period that is `steps` periods later; negative steps are earlier. */
export function shiftPeriod(period: Period, date: PlainDate, steps: number, firstWeekday: number): PlainDate {
  const start = periodStart(period, date, firstWeekday);
  if (period !== "month") return addDays(start, steps * (period === "week" ? 7 : 1));
  const months = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 + steps;
  return `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}-01`;
}

/**
 * Returns the first day of the period that is `steps` periods later; `"current"` for the period of today, undefined for a period
 * in the future.
 */
export function adjacentPeriod(
  period: Period,
  date: PlainDate,
  steps: number,
  today: PlainDate,
  firstWeekday: number,
): PlainDate | "current" | undefined {
  const target = shiftPeriod(period, date, steps, firstWeekday);
  const current = periodStart(period, today, firstWeekday);
  if (target > current) return undefined;
  return target === current ? "current" : target;
}

/** Returns the full name of a period: `Sunday 22 November 2026`, `16–22 November 2026`, `November 2026`. */
export function formatPeriod(period: Period, date: PlainDate, firstWeekday: number): string {
  const start = periodStart(period, date, firstWeekday);
  if (period === "day")
    return formatDate({ weekday: "long", day: "numeric", month: "long", year: "numeric" }, start);
  if (period === "month") return formatDate({ month: "long", year: "numeric" }, start);
  const end = addDays(start, 6);
  if (start.slice(0, 7) === end.slice(0, 7)) {
    return `${Number(start.slice(8))}–${formatDate({ day: "numeric", month: "long", year: "numeric" }, end)}`;
  }
  const sameYear = start.slice(0, 4) === end.slice(0, 4);
  const first = formatDate(
    { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) },
    start,
  );
  return `${first} – ${formatDate({ day: "numeric", month: "short", year: "numeric" }, end)}`;
}

/** Returns a short name: `Sun 15 Nov`, `week of 9 Nov`, `October`. It has the year if that is not the year of `near`. */
export function formatShortPeriod(
  period: Period,
  date: PlainDate,
  near: PlainDate,
  firstWeekday: number,
): string {
  const start = periodStart(period, date, firstWeekday);
  const year = start.slice(0, 4) === near.slice(0, 4) ? {} : ({ year: "numeric" } as const);
  if (period === "month") return formatDate({ month: "long", ...year }, start);
  const day = formatDate({ day: "numeric", month: "short", ...year }, start);
  return period === "week" ? `week of ${day}` : `${formatDate({ weekday: "short" }, start)} ${day}`;
}

/** `Tuesday` */
export function weekdayName(date: PlainDate): string {
  return formatDate({ weekday: "long" }, date);
}

/** `Tue 8 Dec` */
export function formatPlainDate(date: PlainDate): string {
  return formatDate({ weekday: "short", day: "numeric", month: "short" }, date);
}

function formatDate(options: Intl.DateTimeFormatOptions, date: PlainDate): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options })
    .format(toUtcMs(date))
    .replace(",", "");
}

function toUtcMs(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function toPlainDate(time: number): PlainDate {
  return new Date(time).toISOString().slice(0, 10);
}
