import type { Bucket, Dashboard } from "@metrica/client/owner.ts";
import type { AreaPoint } from "@metrica/ui/charts/area-chart.tsx";
import { type Bar, stateNames, withoutClosedEnds } from "@metrica/ui/charts/bucket.ts";
import { formatAverage, formatCount, formatShare, plural } from "@metrica/ui/format/number.ts";
import { clockTime, shortDay } from "@metrica/ui/format/time.ts";
import { expectedWords } from "./expected.ts";

type Series = Pick<Dashboard, "period" | "timezone" | "buckets">;

/** The bars of a period, in order; closed hours before opening and after closing are left out. */
export function barsOf(series: Series): Bar[] {
  return withoutClosedEnds(everyBarOf(series));
}

/** The same with every bucket, for the table. */
export function everyBarOf({ period, timezone, buckets }: Series): Bar[] {
  return buckets.map((bucket) => ({
    key: bucket.start,
    label: bucketLabel(period, bucket, timezone),
    title: bucketTitle(period, bucket, timezone),
    value: bucket.visitors,
    state: bucket.state,
    baseline: bucket.baseline_visitors,
    coverage: bucket.coverage,
  }));
}

/** The points of the occupancy curve, over the same stretch as the bars. */
export function occupancyPointsOf(series: Series): AreaPoint[] {
  const shown = new Set(barsOf(series).map((bar) => bar.key));
  return series.buckets
    .filter((bucket) => shown.has(bucket.start))
    .map((bucket) => ({
      key: bucket.start,
      label: bucketLabel(series.period, bucket, series.timezone),
      title: bucketTitle(series.period, bucket, series.timezone),
      value: bucket.state === "closed" ? null : bucket.occupancy_average,
    }));
}

/** What the tooltip says about a bar; the baseline by its name. */
export function barWords(bar: Bar, baselineName: string | null): string[] {
  const lines: string[] = [];
  if (bar.value !== null) lines.push(plural(bar.value, "visitor"));
  if (bar.state !== "value") lines.push(stateWords(bar));
  if (bar.baseline !== null && baselineName !== null)
    lines.push(`${formatCount(bar.baseline)} · ${baselineName}`);
  return lines;
}

/** The state in words, with how much was observed when that is what matters. */
export function stateWords(bar: Pick<Bar, "state" | "coverage" | "value" | "expected">): string {
  if (bar.state === "partial" && bar.coverage !== null)
    return `Partly counted: ${formatShare(bar.coverage)} of the time`;
  if (bar.state === "pending" && bar.value !== null) return "Still counting";
  if (bar.expected !== undefined) return `${stateNames[bar.state]}: ${expectedWords(bar.expected)}`;
  return stateNames[bar.state];
}

export function occupancyWords(point: AreaPoint): string[] {
  return [point.value === null ? "Not known" : `${formatAverage(point.value)} people on average`];
}

function bucketLabel(period: Series["period"], bucket: Bucket, timezone: string): string {
  if (period === "day") return clockTime(bucket.start, timezone).slice(0, 2);
  const [weekday = "", day = ""] = shortDay(bucket.start, timezone).split(" ");
  return period === "week" ? `${weekday} ${day}` : day;
}

function bucketTitle(period: Series["period"], bucket: Bucket, timezone: string): string {
  if (period !== "day") return shortDay(bucket.start, timezone);
  return `${clockTime(bucket.start, timezone)}–${clockTime(bucket.end, timezone)}`;
}
