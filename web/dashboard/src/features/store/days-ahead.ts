import type { Forecast } from "@metrica/client/owner.ts";
import type { Bar } from "@metrica/ui/charts/bucket.ts";
import { clockTime } from "@metrica/ui/format/time.ts";
import type { PlainDate } from "./calendar.ts";

export type ForecastHour = Forecast["hours"][number];

/** A store-day of the forecast: what is left of today, or one of the days after. */
export interface DayAhead {
  date: PlainDate;
  hours: ForecastHour[];
  /** Expected visitors of all its hours. */
  visitors: number;
  /** The hour with the most expected visitors. */
  busiest: ForecastHour;
}

/**
 * The hours of a forecast by store-day. `dayStart` is the store's wall clock at which its days begin, `04:00`: an hour before it still
 * belongs to the evening before.
 */
export function daysAhead(hours: readonly ForecastHour[], dayStart: string): DayAhead[] {
  const days = new Map<PlainDate, ForecastHour[]>();
  for (const hour of hours) {
    const date = storeDay(hour.start, dayStart);
    days.set(date, [...(days.get(date) ?? []), hour]);
  }
  return [...days].map(([date, ofDay]) => ({
    date,
    hours: ofDay,
    visitors: ofDay.reduce((total, hour) => total + hour.visitors, 0),
    busiest: ofDay.reduce((most, hour) => (hour.visitors > most.visitors ? hour : most)),
  }));
}

/** The hours of a day as bars that are still to come, each with what is expected of it. */
export function barsAhead({ hours }: DayAhead, timezone: string): Bar[] {
  return hours.map((hour) => ({
    key: hour.start,
    label: clockTime(hour.start, timezone).slice(0, 2),
    title: hourWords(hour, timezone),
    value: null,
    state: "pending",
    baseline: null,
    coverage: null,
    expected: { value: hour.visitors, low: hour.low, high: hour.high },
  }));
}

/** `17:00–18:00` by the store's clock. */
export function hourWords({ start, end }: { start: string; end: string }, timezone: string): string {
  return `${clockTime(start, timezone)}–${clockTime(end, timezone)}`;
}

/** The store-day of a moment that the API wrote with the offset of the store's zone. */
export function storeDay(moment: string, dayStart: string): PlainDate {
  const [hours = 0, minutes = 0] = dayStart.split(":").map(Number);
  const wall = Date.parse(`${moment.slice(0, 19)}Z`);
  return new Date(wall - (hours * 60 + minutes) * 60_000).toISOString().slice(0, 10);
}
