import { currentLanguage } from "../language/language.ts";
import { dateTimeFormat } from "./date-time-format.ts";

/** Formats timestamps in the language of the page and in the time zone of a store, not in that of the browser. */

/** `09:15` */
export function formatTime(timestamp: string, timeZone: string): string {
  return dateTimeFormat(timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    new Date(timestamp),
  );
}

/** `09:15:02` */
export function formatTimeWithSeconds(timestamp: string, timeZone: string): string {
  return dateTimeFormat(timeZone, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(new Date(timestamp));
}

/** `17:00–18:00` */
export function formatTimeRange({ start, end }: { start: string; end: string }, timeZone: string): string {
  return `${formatTime(start, timeZone)}–${formatTime(end, timeZone)}`;
}

/** `Sun 22 Nov` */
export function formatDay(timestamp: string, timeZone: string): string {
  const options = { weekday: "short", day: "numeric", month: "short" } as const;
  return withoutEnglishComma(dateTimeFormat(timeZone, options).format(new Date(timestamp)));
}

/** `Sunday` */
export function formatLongWeekday(timestamp: string, timeZone: string): string {
  return dateTimeFormat(timeZone, { weekday: "long" }).format(new Date(timestamp));
}

/** Returns a date without the comma that English has after the weekday: `Sun 22 Nov`. Other languages keep theirs. */
export function withoutEnglishComma(date: string): string {
  return currentLanguage() === "en" ? date.replace(",", "") : date;
}

/** `22 November 2026` */
export function formatDate(timestamp: string, timeZone: string): string {
  const options = { day: "numeric", month: "long", year: "numeric" } as const;
  return dateTimeFormat(timeZone, options).format(new Date(timestamp));
}

/** `22 Nov, 09:15` */
export function formatDateTime(timestamp: string, timeZone: string): string {
  const date = dateTimeFormat(timeZone, { day: "numeric", month: "short" }).format(new Date(timestamp));
  return `${date}, ${formatTime(timestamp, timeZone)}`;
}

/** The short name of a weekday; 1 is Monday: `Mon`. */
export function formatWeekday(weekday: number): string {
  // 1 January 2024 was a Monday.
  return dateTimeFormat("UTC", { weekday: "short" }).format(Date.UTC(2024, 0, weekday));
}

/** `17:00` for the hour 17; hours of the day are 0..23. */
export function formatHour(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** `17:00–18:00` for the hour 17. */
export function formatHourRange(hour: number): string {
  return `${formatHour(hour)}–${formatHour((hour + 1) % 24)}`;
}

/** Returns a time zone as people write it: `America/New York`. */
export function formatTimeZone(timeZone: string): string {
  return timeZone.replaceAll("_", " ");
}
