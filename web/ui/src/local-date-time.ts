/** A local date and time without seconds, as in an `<input type="datetime-local">`: `2026-11-22T09:15`. */
export type LocalDateTime = string;

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Returns the local time of a time zone at `time` (milliseconds since 1970). Seconds are dropped. */
export function toLocalDateTime(time: number, timeZone: string): LocalDateTime {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/**
 * Returns the time (milliseconds since 1970) of a local time; undefined for invalid text and for a time that the change to
 * daylight saving time skips. For a time that occurs twice, the first one.
 */
export function parseLocalDateTime(localTime: LocalDateTime, timeZone: string): number | undefined {
  const asUtc = Date.parse(`${localTime}:00Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // The UTC offset is that of a day before or of a day after: no time zone changes its offset twice in between.
  const offsets = [asUtc - dayMs, asUtc + dayMs].map(
    (time) => Date.parse(`${toLocalDateTime(time, timeZone)}:00Z`) - time,
  );
  const matches = offsets
    .map((offset) => asUtc - offset)
    .filter((time) => toLocalDateTime(time, timeZone) === localTime);
  return matches.length === 0 ? undefined : Math.min(...matches);
}

/** Returns the last full hour of the time zone that has ended. */
export function lastFullHour(now: number, timeZone: string): { start: LocalDateTime; end: LocalDateTime } {
  const minutesPast = Number(toLocalDateTime(now, timeZone).slice(-2));
  const end = Math.floor(now / minuteMs) * minuteMs - minutesPast * minuteMs;
  return { start: toLocalDateTime(end - 60 * minuteMs, timeZone), end: toLocalDateTime(end, timeZone) };
}
