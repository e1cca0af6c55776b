import type { Forecast } from "@metrica/client/owner.ts";
import type { Bar, Expected } from "@metrica/ui/charts/bucket.ts";
import { formatCount, formatShare } from "@metrica/ui/format/number.ts";

/**
 * The bars with what is expected of the hours that have not begun. An hour in progress keeps its count and gets no expectation: the
 * forecast of its rest would not be comparable with it.
 */
export function withExpected(bars: readonly Bar[], forecast: Forecast | undefined): Bar[] {
  if (forecast === undefined) return [...bars];
  const hours = new Map(forecast.hours.map((hour) => [Date.parse(hour.start), hour]));
  return bars.map((bar) => {
    const hour = hours.get(Date.parse(bar.key));
    if (hour === undefined || bar.state !== "pending" || bar.value !== null) return bar;
    return { ...bar, expected: { value: hour.visitors, low: hour.low, high: hour.high } };
  });
}

/** `about 34 expected (22–47)` */
export function expectedWords({ value, low, high }: Expected): string {
  return `about ${formatCount(value)} expected (${formatCount(low)}–${formatCount(high)})`;
}

/** `about 214 more expected today`; null when there is no forecast, or nothing left to expect. */
export function restOfTodayWords(forecast: Forecast | undefined): string | null {
  const rest = forecast?.rest_of_today ?? null;
  return rest === null || rest < 0.5 ? null : `About ${formatCount(rest)} more expected today`;
}

/** The name of the expectation in a legend: `Expected, 80% of the time within`. */
export function expectedName({ confidence }: Forecast): string {
  return `Expected; within the range ${formatShare(confidence)} of the time`;
}
