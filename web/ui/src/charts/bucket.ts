/** The states of a bucket, as in the API. */
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
}

export const stateLabels: Record<BucketState, string> = {
  value: "Complete",
  partial: "Partial data",
  no_data: "No data",
  pending: "Upcoming",
  closed: "Closed",
};

/** Removes closed buckets without visitors from both ends. Closed buckets in between stay. */
export function trimClosed<T extends Pick<Bar, "state" | "value">>(bars: readonly T[]): T[] {
  const isShown = (bar: T) => bar.state !== "closed" || (bar.value ?? 0) > 0;
  const first = bars.findIndex(isShown);
  if (first === -1) return [...bars];
  return bars.slice(first, bars.findLastIndex(isShown) + 1);
}
