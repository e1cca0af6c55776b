import type { Bucket, Dashboard } from "@metrica/client/owner.ts";
import { bucketSpan } from "./chart-data.ts";
import { type View, type ViewedDays, withDays } from "./search.ts";

/** Returns the view of a bucket: of a month or week its days, of a day its hours, of an hour its quarter-hours. */
export function viewOfBucket(view: View, dashboard: Dashboard, bucket: Bucket): View {
  const { interval, buckets, date } = dashboard;
  const { start } = bucketSpan(bucket);
  const days: ViewedDays =
    interval === "hour"
      ? { period: "day", date: view.period === "day" ? view.date : date, hour: hourOf(bucket, buckets) }
      : { period: interval, date: start };
  return withDays(view, days);
}

/** Returns the bucket of an hour; undefined when the day has no such hour. */
export function findHour(buckets: readonly Bucket[], hour: string): Bucket | undefined {
  return buckets.find((bucket) => hourOf(bucket, buckets) === hour);
}

/** Returns the clock time of an hour, `02:00`; with the UTC offset when the day has had it before: `02:00+01:00`. */
function hourOf(bucket: Bucket, buckets: readonly Bucket[]): string {
  const clock = (each: Bucket) => each.start.slice(11, 16);
  const first = buckets.find((each) => clock(each) === clock(bucket));
  return first === bucket ? clock(bucket) : clock(bucket) + bucket.start.slice(19);
}
