import type { Bucket, Dashboard } from "@metrica/client/owner.ts";
import { type Bar, stateLabels, withoutClosed } from "@metrica/ui/charts/bucket.ts";
import { formatAverage, formatCount, formatShare, pluralize } from "@metrica/ui/format/number.ts";
import { formatDay, formatTime, formatTimeRange } from "@metrica/ui/format/time.ts";
import { formatAnnotation } from "./annotations.ts";
import { formatExpected } from "./forecast.ts";
import { noteLabels } from "./note-labels.ts";

type Series = Pick<Dashboard, "period" | "timezone" | "buckets">;

/** Returns the bars of a period in order, without the closed hours. */
export function toBars(series: Series): Bar[] {
  return withoutClosed(toAllBars(series));
}

/** Returns one bar per bucket, for the table. */
export function toAllBars({ period, timezone, buckets }: Series): Bar[] {
  return buckets.map((bucket) => ({
    key: bucket.start,
    label: bucketLabel(period, bucket, timezone),
    title: bucketTitle(period, bucket, timezone),
    value: bucket.visitors,
    state: bucket.state,
    baseline: bucket.baseline_visitors,
    coverage: bucket.coverage,
    occupancy: bucket.state === "closed" ? null : bucket.occupancy_average,
    ...(bucket.note !== null && { note: noteLabels[bucket.note] }),
    ...annotationOf(period, bucket),
  }));
}

/** The annotations of a bucket in one text. The hours of a day have none: the day itself is annotated. */
function annotationOf(period: Series["period"], { annotations }: Bucket): Pick<Bar, "annotation"> {
  if (period === "day" || annotations.length === 0) return {};
  return { annotation: annotations.map(formatAnnotation).join("; ") };
}

/** Returns the tooltip lines of a bar: the visitors, the state, the baseline, the occupancy and the annotation. */
export function barTooltipLines(bar: Bar, baseline: string | null): string[] {
  const lines: string[] = [];
  if (bar.value !== null) lines.push(pluralize(bar.value, "visitor"));
  if (bar.state !== "value") lines.push(formatBarState(bar));
  if (bar.note !== undefined) lines.push(bar.note);
  if (bar.baseline !== null && baseline !== null) lines.push(`${formatCount(bar.baseline)} · ${baseline}`);
  if (bar.occupancy != null) lines.push(`${formatAverage(bar.occupancy)} people inside on average`);
  if (bar.annotation !== undefined) lines.push(bar.annotation);
  return lines;
}

/** Returns the state of a bar, with the coverage of a partial one and the forecast of an upcoming one. */
export function formatBarState(bar: Pick<Bar, "state" | "coverage" | "value" | "expected">): string {
  if (bar.state === "partial" && bar.coverage !== null)
    return `${stateLabels.partial}: ${formatShare(bar.coverage)} coverage`;
  if (bar.state === "pending" && bar.value !== null) return "In progress";
  if (bar.expected !== undefined) return `${stateLabels[bar.state]}: ${formatExpected(bar.expected)}`;
  return stateLabels[bar.state];
}

function bucketLabel(period: Series["period"], bucket: Bucket, timezone: string): string {
  if (period === "day") return formatTime(bucket.start, timezone).slice(0, 2);
  const [weekday = "", day = ""] = formatDay(bucket.start, timezone).split(" ");
  return period === "week" ? `${weekday} ${day}` : day;
}

function bucketTitle(period: Series["period"], bucket: Bucket, timezone: string): string {
  return period === "day" ? formatTimeRange(bucket, timezone) : formatDay(bucket.start, timezone);
}
