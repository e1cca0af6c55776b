import type { Period } from "@metrica/client/owner.ts";

/** A day of the calendar, `2026-11-22`: no time, no zone. Dates of equal length compare as text. */
export type PlainDate = string;

const dayMs = 86_400_000;

/** The date, when the text is one that exists; `2026-02-30` is not. */
export function parsePlainDate(text: unknown): PlainDate | undefined {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && plain(time) === text ? text : undefined;
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return plain(utc(date) + days * dayMs);
}

/** The first day of the period that holds the date; weeks begin on Monday. */
export function periodStart(period: Period, date: PlainDate): PlainDate {
  if (period === "day") return date;
  if (period === "month") return `${date.slice(0, 7)}-01`;
  return addDays(date, -((new Date(utc(date)).getUTCDay() + 6) % 7));
}

/** The period that lies `steps` after (before, when negative) the one that holds the date, by its first day. */
export function shiftPeriod(period: Period, date: PlainDate, steps: number): PlainDate {
  const start = periodStart(period, date);
  if (period !== "month") return addDays(start, steps * (period === "week" ? 7 : 1));
  const months = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 + steps;
  return `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}-01`;
}

/**
 * Where a step leads: the first day of that period, `"current"` when it is the period that holds today, or undefined when it
 * would lie in the future.
 */
export function stepFrom(
  period: Period,
  date: PlainDate,
  steps: number,
  today: PlainDate,
): PlainDate | "current" | undefined {
  const target = shiftPeriod(period, date, steps);
  const current = periodStart(period, today);
  if (target > current) return undefined;
  return target === current ? "current" : target;
}

/** `Sunday 22 November 2026`, `16–22 November 2026`, `November 2026`. */
export function periodName(period: Period, date: PlainDate): string {
  const start = periodStart(period, date);
  if (period === "day")
    return dateFormat({ weekday: "long", day: "numeric", month: "long", year: "numeric" }, start);
  if (period === "month") return dateFormat({ month: "long", year: "numeric" }, start);
  const end = addDays(start, 6);
  if (start.slice(0, 7) === end.slice(0, 7)) {
    return `${Number(start.slice(8))}–${dateFormat({ day: "numeric", month: "long", year: "numeric" }, end)}`;
  }
  const sameYear = start.slice(0, 4) === end.slice(0, 4);
  const first = dateFormat(
    { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) },
    start,
  );
  return `${first} – ${dateFormat({ day: "numeric", month: "short", year: "numeric" }, end)}`;
}

/** The period in few words, the year only when it is not that of `near`: `Sun 15 Nov`, `week of 9 Nov`, `October`. */
export function shortPeriodName(period: Period, date: PlainDate, near: PlainDate): string {
  const start = periodStart(period, date);
  const year = start.slice(0, 4) === near.slice(0, 4) ? {} : ({ year: "numeric" } as const);
  if (period === "month") return dateFormat({ month: "long", ...year }, start);
  const day = dateFormat({ day: "numeric", month: "short", ...year }, start);
  return period === "week" ? `week of ${day}` : `${dateFormat({ weekday: "short" }, start)} ${day}`;
}

function dateFormat(options: Intl.DateTimeFormatOptions, date: PlainDate): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(utc(date)).replace(",", "");
}

function utc(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function plain(time: number): PlainDate {
  return new Date(time).toISOString().slice(0, 10);
}
