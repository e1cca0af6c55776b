import { plural, t } from "@lingui/core/macro";
import type { Bucket, Dashboard } from "@metrica/client/owner.ts";
import { type Bar, stateLabel, withoutClosed } from "@metrica/ui/charts/bucket.ts";
import { formatAverage, formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { formatTime, formatTimeRange } from "@metrica/ui/format/time.ts";
import { noteLabel } from "#shared/note-labels.ts";
import { formatAnnotation } from "./annotations.ts";
import {
  addDays,
  type DaySpan,
  formatDayOfMonth,
  formatMonth,
  formatPlainDate,
  weekdayName,
} from "./calendar.ts";
import { formatExpected } from "./forecast.ts";

type Series = Pick<Dashboard, "interval" | "timezone" | "buckets">;

/** Returns the bars of a period in order, without the closed hours. */
export function toBars(series: Series): Bar[] {
  return withoutClosed(toAllBars(series));
}

/** Returns one bar per bucket, for the table. */
export function toAllBars({ interval, timezone, buckets }: Series): Bar[] {
  const withWeekday = buckets.length <= 10;
  return buckets.map((bucket) => ({
    key: bucket.start,
    label: bucketLabel(interval, bucket, timezone, withWeekday),
    title: bucketTitle(interval, bucket, timezone),
    value: bucket.visitors,
    state: bucket.state,
    baseline: bucket.baseline_visitors,
    coverage: bucket.coverage,
    occupancy: bucket.state === "closed" ? null : bucket.occupancy_average,
    ...(bucket.note !== null && { note: noteLabel(bucket.note) }),
    ...annotationOf(interval, bucket),
  }));
}

/** The annotations of a bucket in one text. The hours of a day have none: the day itself is annotated. */
function annotationOf(interval: Series["interval"], { annotations }: Bucket): Pick<Bar, "annotation"> {
  if (interval === "hour" || annotations.length === 0) return {};
  return { annotation: annotations.map(formatAnnotation).join("; ") };
}

/** Returns the tooltip lines of a bar: the visitors, the state, the baseline, the occupancy and the annotation. */
export function barTooltipLines(bar: Bar, baseline: string | null): string[] {
  const lines: string[] = [];
  const { value } = bar;
  if (value !== null) lines.push(plural(value, { one: "# visitor", other: "# visitors" }));
  if (bar.state !== "value") lines.push(formatBarState(bar));
  if (bar.note !== undefined) lines.push(bar.note);
  if (bar.baseline !== null && baseline !== null) lines.push(`${formatCount(bar.baseline)} · ${baseline}`);
  if (bar.occupancy != null) {
    const occupancy = formatAverage(bar.occupancy);
    lines.push(t`${occupancy} people inside on average`);
  }
  if (bar.annotation !== undefined) lines.push(bar.annotation);
  return lines;
}

/** Returns the state of a bar, with the coverage of a partial one and the forecast of an upcoming one. */
export function formatBarState(bar: Pick<Bar, "state" | "coverage" | "value" | "expected">): string {
  const label = stateLabel(bar.state);
  if (bar.state === "partial" && bar.coverage !== null) {
    const coverage = formatShare(bar.coverage);
    return t`Partial data: ${coverage} coverage`;
  }
  if (bar.state === "pending" && bar.value !== null) return t`In progress`;
  if (bar.expected === undefined) return label;
  const expected = formatExpected(bar.expected);
  return t`${label}: ${expected}`;
}

/** The days of a bucket. A store-day begins on its own date. */
export function bucketSpan({ start, end }: Pick<Bucket, "start" | "end">): DaySpan {
  return { start: start.slice(0, 10), end: end.slice(0, 10) };
}

function bucketLabel(
  interval: Series["interval"],
  bucket: Bucket,
  timezone: string,
  withWeekday: boolean,
): string {
  if (interval === "hour") return formatTime(bucket.start, timezone).slice(0, 2);
  const { start } = bucketSpan(bucket);
  if (interval === "month") return formatMonth(start, "short");
  if (interval === "week") return formatDayOfMonth(start);
  const day = String(Number(start.slice(8)));
  return withWeekday ? `${weekdayName(start, "short")} ${day}` : day;
}

function bucketTitle(interval: Series["interval"], bucket: Bucket, timezone: string): string {
  if (interval === "hour") return formatTimeRange(bucket, timezone);
  const { start, end } = bucketSpan(bucket);
  if (interval === "day") return formatPlainDate(start);
  const last = addDays(end, -1);
  return start === last ? formatPlainDate(start) : `${formatPlainDate(start)} – ${formatPlainDate(last)}`;
}
