/** An axis from zero to a round number, with the marks on the way. */
export interface Axis {
  max: number;
  ticks: number[];
}

const steps = [1, 2, 2.5, 5, 10];

/**
 * The smallest axis of at most `count` steps that holds `largest`. Steps are 1, 2, 2.5 or 5 times a power of ten, and whole
 * numbers while people are counted: an axis of 0.5 visitors helps nobody. Without a positive value the axis ends at `count`.
 */
export function axisFor(largest: number, count = 4): Axis {
  const raw = Math.max(largest, 0) / count;
  if (raw === 0) return { max: count, ticks: range(1, count) };
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = steps.find((step) => step * power >= raw * (1 - 1e-9)) ?? 10;
  const step = Math.max(1, Math.ceil(factor * power - 1e-9));
  const marks = Math.max(1, Math.ceil(largest / step - 1e-9));
  return { max: marks * step, ticks: range(step, marks) };
}

/** Room for the axis' numbers beside it, in pixels. */
export function axisWidth(axis: Axis): number {
  return 18 + Math.max(...axis.ticks.map((tick) => tick.toLocaleString("en").length)) * 6.6;
}

function range(step: number, marks: number): number[] {
  return Array.from({ length: marks + 1 }, (_, index) => index * step);
}
