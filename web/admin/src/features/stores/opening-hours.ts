export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export type Weekday = (typeof weekdays)[number];

export type TimeRanges = [opens: string, closes: string][];

export const weekdayNames: Record<Weekday, string> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};

/**
 * Parses the opening hours of a day: `9-20`, `09:00–13:00, 14:00–18:30`; empty text is closed. Returns undefined for invalid
 * text. 24:00 is the end of the day. A range that ends before it starts ends on the next day.
 */
export function parseTimeRanges(text: string): TimeRanges | undefined {
  if (text.trim() === "") return [];
  const ranges: TimeRanges = [];
  for (const part of text.split(",")) {
    const match = /^\s*(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?\s*$/.exec(part);
    const opens = match === null ? undefined : parseClockTime(match[1], match[2]);
    const closes = match === null ? undefined : parseClockTime(match[3], match[4]);
    if (opens === undefined || closes === undefined || opens === "24:00") return undefined;
    ranges.push([opens, closes]);
  }
  return ranges;
}

/** Returns the opening hours of a day as text that `parseTimeRanges` accepts: `09:00–13:00, 14:00–18:30`. */
export function formatTimeRanges(ranges: readonly (readonly string[])[] | undefined): string {
  return (ranges ?? []).map((range) => range.join("–")).join(", ");
}

/** Returns the opening hours of a week, with equal days combined: `Mon–Fri 09:00–20:00; Sat 10:00–18:00`. */
export function formatWeek(hours: Readonly<Record<string, readonly (readonly string[])[]>> | null): string {
  if (hours === null) return "Always open";
  const runs: { first: Weekday; last: Weekday; text: string }[] = [];
  for (const day of weekdays) {
    const text = formatTimeRanges(hours[day]);
    const run = runs.at(-1);
    if (run?.text === text) run.last = day;
    else runs.push({ first: day, last: day, text });
  }
  const open = runs.filter((run) => run.text !== "");
  if (open.length === 0) return "Always closed";
  return open
    .map(
      ({ first, last, text }) => `${shortName(first)}${first === last ? "" : `–${shortName(last)}`} ${text}`,
    )
    .join("; ");
}

function shortName(day: Weekday): string {
  return weekdayNames[day].slice(0, 3);
}

function parseClockTime(hour: string | undefined, minute = "00"): string | undefined {
  const time = `${(hour ?? "").padStart(2, "0")}:${minute}`;
  return /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time) ? time : undefined;
}
