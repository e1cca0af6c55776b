/** What is known about a stretch of time; the words are the API's. */
export const bucketStates = ["value", "partial", "no_data", "pending", "closed"] as const;

export type BucketState = (typeof bucketStates)[number];

/** What a forecast expects of a stretch that has not begun, with the range it should fall into. */
export interface Expected {
  value: number;
  low: number;
  high: number;
}

/** One bar: a stretch of time with its value, or with the reason why there is none. */
export interface Bar {
  key: string;
  /** Under the axis, short: `09`, `Mon 16`. */
  label: string;
  /** In full, for the tooltip and the table: `09:00–10:00`. */
  title: string;
  value: number | null;
  state: BucketState;
  /** The same stretch in the period compared with; null where there is nothing to compare. */
  baseline: number | null;
  /** Share of the time that cameras delivered, 0..1. */
  coverage: number | null;
  expected?: Expected;
}

export const stateNames: Record<BucketState, string> = {
  value: "Counted",
  partial: "Partly counted",
  no_data: "No data",
  pending: "Still to come",
  closed: "Closed",
};

/** Drops closed stretches without a visitor from both ends; what is left between them stays whole. */
export function withoutClosedEnds<T extends Pick<Bar, "state" | "value">>(bars: readonly T[]): T[] {
  const shown = (bar: T) => bar.state !== "closed" || (bar.value ?? 0) > 0;
  const first = bars.findIndex(shown);
  if (first === -1) return [...bars];
  return bars.slice(first, bars.findLastIndex(shown) + 1);
}
