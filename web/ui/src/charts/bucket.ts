/** The states of a bucket, as in the API. */
import { t } from "@lingui/core/macro";
export const bucketStates = ["value", "partial", "no_data", "pending", "closed"] as const;

export type BucketState = (typeof bucketStates)[number];

/** The forecast of a bucket that has not begun: the expected value and its range. */
export interface Expected {
  value: number;
  low: number;
  high: number;
}

/** One bar of a bar chart: a bucket with its value and state. */
export interface Bar {
  key: string;
  /** The label under the axis: `09`, `Mon 16`. */
  label: string;
  /** The title of the tooltip and of the table row: `09:00–10:00`. */
  title: string;
  value: number | null;
  state: BucketState;
  /** The value of the same bucket in the compared period; null without one. */
  baseline: number | null;
  /** Share of the open time that was observed, 0..1. */
  coverage: number | null;
  /** A remark on the value, for the tooltip and the table. */
  note?: string;
  expected?: Expected;
  /** The average number of people inside, for the line; null interrupts the line. */
  occupancy?: number | null;
  /** What is special about the days of the bucket. A mark on the axis shows that there is something. */
  annotation?: string;
  /** Whether closed buckets before this one were left out. */
  afterClosed?: boolean;
}

/** Returns the word for a state. */
export function stateLabel(state: BucketState): string {
  const labels: Record<BucketState, string> = {
    value: t`Complete`,
    partial: t`Partial data`,
    no_data: t`No data`,
    pending: t`Upcoming`,
    closed: t({ message: "Closed", context: "a period of time" }),
  };
  return labels[state];
}

/**
 * Removes closed buckets without visitors, so that closed hours take no width. The bucket after removed ones gets `afterClosed`,
 * unless it is the first. When all buckets are closed, all stay.
 */
export function withoutClosed<T extends Pick<Bar, "state" | "value" | "afterClosed">>(
  bars: readonly T[],
): T[] {
  const shown: T[] = [];
  let skipped = false;
  for (const bar of bars) {
    if (bar.state === "closed" && (bar.value ?? 0) === 0) {
      skipped = true;
      continue;
    }
    shown.push(skipped && shown.length > 0 ? { ...bar, afterClosed: true } : bar);
    skipped = false;
  }
  return shown.length === 0 ? [...bars] : shown;
}
