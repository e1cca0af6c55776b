import { t } from "@lingui/core/macro";
import type { Forecast } from "@metrica/client/owner.ts";
import type { Bar, Expected } from "@metrica/ui/charts/bucket.ts";
import { formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { formatTime, formatTimeRange } from "@metrica/ui/format/time.ts";
import type { PlainDate } from "./calendar.ts";

export type ForecastHour = Forecast["hours"][number];

/** A store-day of the forecast: the rest of today, or one of the next days. */
export interface ForecastDay {
  date: PlainDate;
  hours: ForecastHour[];
  /** The expected visitors of all hours. */
  visitors: number;
  /** The hour with the most expected visitors. */
  busiest: ForecastHour;
}

/**
 * Groups the hours of a forecast by store-day. `dayStart` is the local time at which store-days begin. With `04:00`, the hours
 * before 04:00 belong to the day before.
 */
export function toForecastDays(hours: readonly ForecastHour[], dayStart: string): ForecastDay[] {
  const hoursByDate = new Map<PlainDate, ForecastHour[]>();
  for (const hour of hours) {
    const date = storeDayOf(hour.start, dayStart);
    hoursByDate.set(date, [...(hoursByDate.get(date) ?? []), hour]);
  }
  return [...hoursByDate].map(([date, hoursOfDay]) => ({
    date,
    hours: hoursOfDay,
    visitors: hoursOfDay.reduce((total, hour) => total + hour.visitors, 0),
    busiest: hoursOfDay.reduce((busiest, hour) => (hour.visitors > busiest.visitors ? hour : busiest)),
  }));
}

/** Returns the hours of a day as pending bars with their expected visitors. */
export function toForecastBars({ hours }: ForecastDay, timezone: string): Bar[] {
  return hours.map((hour) => ({
    key: hour.start,
    label: formatTime(hour.start, timezone).slice(0, 2),
    title: formatTimeRange(hour, timezone),
    value: null,
    state: "pending",
    baseline: null,
    coverage: null,
    expected: toExpected(hour),
  }));
}

/** Returns the store-day of a timestamp that has the UTC offset of the store. */
export function storeDayOf(timestamp: string, dayStart: string): PlainDate {
  const [hours = 0, minutes = 0] = dayStart.split(":").map(Number);
  const localTime = Date.parse(`${timestamp.slice(0, 19)}Z`);
  return new Date(localTime - (hours * 60 + minutes) * 60_000).toISOString().slice(0, 10);
}

/**
 * Adds the forecast to the bars that have not begun. The hour in progress has a count and no forecast: the forecast of its rest
 * is not comparable with the count.
 */
export function withForecast(bars: readonly Bar[], forecast: Forecast | undefined): Bar[] {
  if (forecast === undefined) return [...bars];
  const hours = new Map(forecast.hours.map((hour) => [Date.parse(hour.start), hour]));
  return bars.map((bar) => {
    const hour = hours.get(Date.parse(bar.key));
    if (hour === undefined || bar.state !== "pending" || bar.value !== null) return bar;
    return { ...bar, expected: toExpected(hour) };
  });
}

/** `about 34 expected (22–47)` */
export function formatExpected({ value, low, high }: Expected): string {
  const [count, least, most] = [formatCount(value), formatCount(low), formatCount(high)];
  return t`about ${count} expected (${least}–${most})`;
}

/** `About 214 more expected today`; null without a forecast and when no more visitors are expected. */
export function formatRestOfToday(forecast: Forecast | undefined): string | null {
  const rest = forecast?.rest_of_today ?? null;
  if (rest === null || rest < 0.5) return null;
  const count = formatCount(rest);
  return t`About ${count} more expected today`;
}

/** Returns the label of the forecast in the legend: `Forecast, 80% range`. */
export function expectedLabel({ confidence }: Forecast): string {
  const share = formatShare(confidence);
  return t`Forecast, ${share} range`;
}

function toExpected({ visitors, low, high }: ForecastHour): Expected {
  return { value: visitors, low, high };
}
