export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export type Weekday = (typeof weekdays)[number];

export type Spans = [opens: string, closes: string][];

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
 * Reads the hours of a day as people write them: `9-20`, `09:00–13:00, 14:00–18:30`; nothing is closed. Undefined when it
 * cannot be read. 24:00 is midnight at the end of the day; a span that ends earlier than it begins goes past midnight.
 */
export function parseSpans(text: string): Spans | undefined {
  if (text.trim() === "") return [];
  const spans: Spans = [];
  for (const part of text.split(",")) {
    const match = /^\s*(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?\s*$/.exec(part);
    const opens = match === null ? undefined : clock(match[1], match[2]);
    const closes = match === null ? undefined : clock(match[3], match[4]);
    if (opens === undefined || closes === undefined || opens === "24:00") return undefined;
    spans.push([opens, closes]);
  }
  return spans;
}

/** The hours of a day as parseSpans reads them: `09:00–13:00, 14:00–18:30`. */
export function spansText(spans: readonly (readonly string[])[] | undefined): string {
  return (spans ?? []).map((span) => span.join("–")).join(", ");
}

/** The hours of a week in one line, days with equal hours together: `Mon–Fri 09:00–20:00, Sat 10:00–18:00`. */
export function weekText(hours: Readonly<Record<string, readonly (readonly string[])[]>> | null): string {
  if (hours === null) return "Always open";
  const runs: { first: Weekday; last: Weekday; text: string }[] = [];
  for (const day of weekdays) {
    const text = spansText(hours[day]);
    const run = runs.at(-1);
    if (run?.text === text) run.last = day;
    else runs.push({ first: day, last: day, text });
  }
  const open = runs.filter((run) => run.text !== "");
  if (open.length === 0) return "Always closed";
  return open
    .map(({ first, last, text }) => `${short(first)}${first === last ? "" : `–${short(last)}`} ${text}`)
    .join("; ");
}

function short(day: Weekday): string {
  return weekdayNames[day].slice(0, 3);
}

function clock(hour: string | undefined, minute = "00"): string | undefined {
  const time = `${(hour ?? "").padStart(2, "0")}:${minute}`;
  return /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time) ? time : undefined;
}
