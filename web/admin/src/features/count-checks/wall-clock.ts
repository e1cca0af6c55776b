/** What a clock on the wall shows, to the minute, as an input for date and time has it: `2026-11-22T09:15`. */
export type WallTime = string;

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** What the clocks of a zone show at a moment (milliseconds since 1970); seconds are dropped. */
export function wallTimeAt(moment: number, timeZone: string): WallTime {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/**
 * The moment at which the clocks of a zone show a time; undefined for what is no time, and for an hour that the clocks skip. Of a
 * time that comes twice, when the clocks are put back, the first.
 */
export function momentOf(wall: WallTime, timeZone: string): number | undefined {
  const asUtc = Date.parse(`${wall}:00Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // The clocks are ahead of UTC by what they are a day before, or a day after: no zone changes twice in between.
  const aheads = [asUtc - dayMs, asUtc + dayMs].map(
    (near) => Date.parse(`${wallTimeAt(near, timeZone)}:00Z`) - near,
  );
  const found = aheads
    .map((ahead) => asUtc - ahead)
    .filter((moment) => wallTimeAt(moment, timeZone) === wall);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** The last full hour that is over, by the clocks of a zone. */
export function lastFullHour(now: number, timeZone: string): { start: WallTime; end: WallTime } {
  const minutesPast = Number(wallTimeAt(now, timeZone).slice(-2));
  const end = Math.floor(now / minuteMs) * minuteMs - minutesPast * minuteMs;
  return { start: wallTimeAt(end - 60 * minuteMs, timeZone), end: wallTimeAt(end, timeZone) };
}
