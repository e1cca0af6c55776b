import { t } from "@lingui/core/macro";
import { formatLongWeekday, formatWeekday as formatShortWeekday } from "@metrica/ui/format/time.ts";
import { currentLocale } from "@metrica/ui/language/language.ts";
import { formatTimeRanges, type TimeRanges } from "@metrica/ui/opening-hours.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export type Weekday = (typeof weekdays)[number];

const dayMinutes = 24 * 60;

/** Returns the name of a weekday as a label, which begins with a capital: `Monday`. */
export function weekdayName(day: Weekday): string {
  return formatWeekday(weekdays.indexOf(day) + 1);
}

/** Returns the name of a weekday as a label; 1 is Monday. */
export function formatWeekday(weekday: number): string {
  // 1 January 2024 was a Monday.
  return capitalize(formatLongWeekday(`2024-01-0${weekday}T00:00:00Z`, "UTC"));
}

function capitalize(text: string): string {
  return text.charAt(0).toLocaleUpperCase(currentLocale()) + text.slice(1);
}

/**
 * Returns the first day with opening hours that overlap others, and why: also where hours continue after midnight or after
 * the end of the week, or where the early hours of the same day can mean those after midnight. Returns null when there is none.
 */
export function findOverlap(week: Readonly<Record<Weekday, TimeRanges>>): [Weekday, string] | null {
  const days = weekdays.map((day, index) => week[day].map((range) => toSpan(day, index * dayMinutes, range)));
  for (const spans of days) {
    const overlap = findOverlapOfCycle(spans, dayMinutes);
    if (overlap !== null) return overlap;
  }
  return findOverlapOfCycle(days.flat(), 7 * dayMinutes);
}

interface Span {
  day: Weekday;
  /** Minutes of the week. */
  start: number;
  end: number;
  text: string;
}

function toSpan(day: Weekday, midnight: number, [opens, closes]: readonly [string, string]): Span {
  const start = minutesOf(opens);
  const end = minutesOf(closes);
  return {
    day,
    start: midnight + start,
    end: midnight + (end > start ? end : end + dayMinutes),
    text: `${weekdayName(day)} ${opens}–${closes}`,
  };
}

/** The sentence of the API (`functions/admin/schemas/stores.py`). */
function overlapText(text: string, laterText: string): string {
  return t`${text} overlaps ${laterText}. A span that does not close later than it opens continues on the next day: change one of the two.`;
}

/** Returns the first span that overlaps the next one; the first follows the last after `length` minutes. */
function findOverlapOfCycle(spans: readonly Span[], length: number): [Weekday, string] | null {
  const inOrder = [...spans].sort((one, other) => one.start - other.start);
  for (const [index, span] of inOrder.entries()) {
    const next = inOrder[index + 1];
    const first = inOrder[0];
    const nextStart = next?.start ?? (first?.start ?? 0) + length;
    if (nextStart < span.end) return [span.day, overlapText(span.text, (next ?? first)?.text ?? "")];
  }
  return null;
}

/** Returns the opening hours of a week, with equal days combined: `Mon–Fri 09:00–20:00; Sat 10:00–18:00`. */
export function formatWeek(hours: Readonly<Record<string, readonly (readonly string[])[]>> | null): string {
  if (hours === null) return t`Always open`;
  const runs: { first: Weekday; last: Weekday; text: string }[] = [];
  for (const day of weekdays) {
    const text = formatTimeRanges(hours[day]);
    const run = runs.at(-1);
    if (run?.text === text) run.last = day;
    else runs.push({ first: day, last: day, text });
  }
  const open = runs.filter((run) => run.text !== "");
  if (open.length === 0) return t`Always closed`;
  return open
    .map(
      ({ first, last, text }) => `${shortName(first)}${first === last ? "" : `–${shortName(last)}`} ${text}`,
    )
    .join("; ");
}

function shortName(day: Weekday): string {
  return formatShortWeekday(weekdays.indexOf(day) + 1);
}

function minutesOf(time: string): number {
  const [hour, minute] = time.split(":").map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}
