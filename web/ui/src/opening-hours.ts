import { t } from "@lingui/core/macro";

export type TimeRanges = [opens: string, closes: string][];

/** Opening hours that cannot be used. The message says why, and what to enter instead. */
export class OpeningHoursError extends Error {}

/**
 * Parses the opening hours of a day as a person writes them, also with the words of the other languages: `9-5`, `9:00–17:00`, `9am-5pm`, `10-13, 15-19`, `24h`, `closed`; empty text is
 * closed. 24:00 is the end of the day. A range that ends before it starts ends on the next day, as `18-2`.
 *
 * Hours without minutes can be those of a twelve-hour clock. `9-5` is 09:00–17:00: a closing time up to noon that is not after the
 * opening time of the morning is in the afternoon, and so is a range that would begin before the end of the one before it, as in
 * `8-12, 1-6`. Times with two digits for hours and minutes are taken as they are: `09:00–05:00` closes on the next day. The page shows
 * what was understood.
 *
 * @throws OpeningHoursError The text is not valid.
 */
export function parseTimeRanges(text: string): TimeRanges {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === "" || isClosed(trimmed)) return [];
  if (/^24\s*h(ours)?$|^24\/7$/.test(trimmed)) return [["00:00", "24:00"]];
  const ranges: TimeRanges = [];
  for (const part of trimmed.split(/[,;]|\s(?:and|&|\+|und|y|et|e)\s/))
    ranges.push(parseTimeRange(part, ranges.at(-1)?.[1]));
  return ranges;
}

/** `closed`, also in the language of the page. */
function isClosed(text: string): boolean {
  return text === "closed" || text === t({ message: "closed", context: "opening hours" }).toLowerCase();
}

const timePattern = String.raw`(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|h|uhr)?`;
const rangePattern = new RegExp(
  String.raw`^\s*${timePattern}\s*(?:[-–—]|to|bis|a|à|alle)\s*${timePattern}\s*$`,
);
const inFullPattern = /^\s*\d\d:\d\d\s*[-–—]\s*\d\d:\d\d\s*$/;
const noon = 12 * 60;

/** Returns the range of a part of the text. `previousEnd` is the end of the range before it. */
function parseTimeRange(part: string, previousEnd: string | undefined): [string, string] {
  const [, openHour, openMinute, openHalf, closeHour, closeMinute, closeHalf] = rangePattern.exec(part) ?? [];
  let opens = minutesOf(openHour, openMinute, openHalf);
  let closes = minutesOf(closeHour, closeMinute, closeHalf);
  if (opens === undefined || closes === undefined || opens === 2 * noon) {
    throw new OpeningHoursError(t`Enter hours as 09:00–20:00.`);
  }
  if (inFullPattern.test(part)) return [toClockTime(opens), toClockTime(closes)];
  const isAfterPrevious = previousEnd === undefined || opens >= toMinutes(previousEnd);
  if (openHalf === undefined && closeHalf === undefined && !isAfterPrevious && opens < noon) {
    opens += noon;
    if (closes < noon) closes += noon;
  }
  if (closeHalf === undefined && opens <= noon && closes <= opens && closes >= 60 && closes < noon)
    closes += noon;
  // `1-6pm`: the half of the day stands for both times, because no store opens at one in the morning.
  const isOfAfternoon = closeHalf?.startsWith("p") === true && opens < 6 * 60 && opens + noon < closes;
  if (openHalf === undefined && isOfAfternoon) opens += noon;
  return [toClockTime(opens), toClockTime(closes)];
}

/** Returns the minutes after midnight; undefined for a time that does not exist. */
function minutesOf(hour: string | undefined, minute = "00", half = ""): number | undefined {
  if (hour === undefined) return undefined;
  const isHalf = /^[ap]/.test(half);
  const [hours, minutes] = [Number(hour), Number(minute)];
  if (minutes > 59 || (isHalf && (hours < 1 || hours > 12))) return undefined;
  const total = isHalf
    ? ((hours % 12) + (half.startsWith("p") ? 12 : 0)) * 60 + minutes
    : hours * 60 + minutes;
  return total > 2 * noon ? undefined : total;
}

function toMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function toClockTime(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** Returns the opening hours of a day as text that `parseTimeRanges` accepts: `09:00–13:00, 14:00–18:30`. */
export function formatTimeRanges(ranges: readonly (readonly string[])[] | undefined): string {
  return (ranges ?? []).map((range) => range.join("–")).join(", ");
}
