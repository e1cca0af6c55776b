import { formatTimeRanges, OpeningHoursError, parseTimeRanges } from "@metrica/ui/opening-hours.ts";
import { type Weekday, weekdays } from "./week.ts";

const dayPattern = [
  "mon(?:day)?|mo",
  "tue(?:s(?:day)?)?|tu",
  "wed(?:nesday)?|we",
  "thu(?:r(?:s(?:day)?)?)?|th",
  "fri(?:day)?|fr",
  "sat(?:urday)?|sa",
  "sun(?:day)?|su",
].join("|");
const allDays = "daily|every ?day|all ?week|weekdays?|weekends?";
/** `mon`, `mon-fri`, `mon, wed & fri`, `daily`. */
const daysPattern = new RegExp(
  String.raw`\b(?:${allDays}|(?:${dayPattern})\b(?:\s*(?:-|–|—|to|,|/|&|\+|and)\s*(?:${dayPattern})\b)*)\.?`,
  "g",
);

/**
 * Parses the opening hours of a week as a person writes them: `Mon-Fri 9-18, Sat 10-16`, `daily 10-20`, or `9-17` for every day. Days
 * that are not named are closed.
 *
 * @returns The text of each day, empty when it is closed; null while the text is not complete or not valid.
 */
export function parseWeekText(text: string): Record<Weekday, string> | null {
  const lower = text.trim().toLowerCase();
  if (lower === "") return null;
  const week = Object.fromEntries(weekdays.map((day) => [day, ""])) as Record<Weekday, string>;
  const named = [...lower.matchAll(daysPattern)];
  const first = named[0];
  try {
    if (first === undefined) {
      for (const day of weekdays) week[day] = toHours(lower);
      return week;
    }
    if (lower.slice(0, first.index).trim() !== "") return null;
    for (const [index, match] of named.entries()) {
      const hours = toHours(lower.slice(match.index + match[0].length, named[index + 1]?.index));
      for (const day of findDays(match[0])) week[day] = hours;
    }
    return week;
  } catch (error) {
    if (error instanceof OpeningHoursError) return null;
    throw error;
  }
}

/** Returns the hours between the names of days. Nothing there is no hours, so the text is not complete. */
function toHours(text: string): string {
  const trimmed = text.replace(/^[\s:,]+|[\s,;.]+$/g, "");
  if (trimmed === "") throw new OpeningHoursError();
  return formatTimeRanges(parseTimeRanges(trimmed));
}

function findDays(text: string): Weekday[] {
  if (/^(daily|every|all)/.test(text)) return [...weekdays];
  if (text.startsWith("weekday")) return weekdays.slice(0, 5);
  if (text.startsWith("weekend")) return weekdays.slice(5);
  const parts = text.replaceAll(/\s+to\s+|[–—]/g, "-").split(/\s*(?:,|\/|&|\+|and)\s*/);
  return parts.flatMap((part) => {
    const [first, last] = part.split("-").map(indexOfDay);
    if (first === undefined) return [];
    const length = (((last ?? first) - first + 7) % 7) + 1;
    return Array.from({ length }, (_, step) => weekdays[(first + step) % 7] as Weekday);
  });
}

function indexOfDay(name: string): number {
  return weekdays.findIndex((day) => name.trim().startsWith(day.slice(0, 2)));
}
