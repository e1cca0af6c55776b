import { t } from "@lingui/core/macro";

export type TimeRanges = [opens: string, closes: string][];

/** Opening hours that cannot be used. The message says why, and what to enter instead. */
export class OpeningHoursError extends Error {}

/**
 * Parses the opening hours of a day: `9-20`, `09:00–13:00, 14:00–18:30`; empty text is closed. 24:00 is the end of the day. A
 * range that ends before it starts ends on the next day, as `18-2`. `9-5` is refused: it can mean 09:00–17:00 or 09:00–05:00, which
 * must be entered in full.
 *
 * @throws OpeningHoursError The text is not valid.
 */
export function parseTimeRanges(text: string): TimeRanges {
  if (text.trim() === "") return [];
  return text.split(",").map((part) => {
    const match = /^\s*(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?\s*$/.exec(part);
    const [, openHour = "", openMinute, closeHour = "", closeMinute] = match ?? [];
    const opens = parseClockTime(openHour, openMinute);
    const closes = parseClockTime(closeHour, closeMinute);
    if (opens === undefined || closes === undefined || opens === "24:00") {
      throw new OpeningHoursError(t`Enter hours as 09:00–20:00.`);
    }
    const inFull = /^\s*\d\d:\d\d\s*[-–]\s*\d\d:\d\d\s*$/.test(part);
    if (!inFull && closes <= opens && Number(openHour) <= 12 && closes >= "01:00" && closes < "12:00") {
      const afternoon = parseClockTime(String(Number(closeHour) + 12), closeMinute) ?? closes;
      throw new OpeningHoursError(
        t`Enter ${opens}–${afternoon}, or ${opens}–${closes} if the store closes on the next day.`,
      );
    }
    return [opens, closes];
  });
}

/** Returns the opening hours of a day as text that `parseTimeRanges` accepts: `09:00–13:00, 14:00–18:30`. */
export function formatTimeRanges(ranges: readonly (readonly string[])[] | undefined): string {
  return (ranges ?? []).map((range) => range.join("–")).join(", ");
}

function parseClockTime(hour: string, minute = "00"): string | undefined {
  const time = `${hour === "" ? "" : hour.padStart(2, "0")}:${minute}`;
  return /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time) ? time : undefined;
}
