/** A value axis from zero to a round number, with its tick values. */
import { formatCount } from "../format/number.ts";

export interface Axis {
  max: number;
  ticks: number[];
}

const niceSteps = [1, 2, 2.5, 5, 10];

/**
 * Returns the smallest axis with at most `count` steps that holds `largest`. A step is 1, 2, 2.5 or 5 times a power of ten,
 * and a whole number, because the axis counts people. Without a positive value the axis ends at `count`.
 */
export function niceAxis(largest: number, count = 4): Axis {
  const minStep = Math.max(largest, 0) / count;
  if (minStep === 0) return { max: count, ticks: tickValues(1, count) };
  const power = 10 ** Math.floor(Math.log10(minStep));
  const factor = niceSteps.find((niceStep) => niceStep * power >= minStep * (1 - 1e-9)) ?? 10;
  const step = Math.max(1, Math.ceil(factor * power - 1e-9));
  const steps = Math.max(1, Math.ceil(largest / step - 1e-9));
  return { max: steps * step, ticks: tickValues(step, steps) };
}

/**
 * Returns an axis with the given number of steps that holds `largest`. It shares the grid lines of another axis with as many
 * steps.
 */
export function alignedAxis(largest: number, steps: number): Axis {
  const { ticks } = niceAxis(largest, steps);
  const step = ticks[1] ?? 1;
  return { max: step * steps, ticks: tickValues(step, steps) };
}

/** A value is a spike when it is more than so many times the next smaller value. */
const spikeRatio = 3;

/**
 * Returns the largest value that an axis has to hold. It is the largest of the values, unless a few spikes, at most one value in
 * ten, tower over all others: then it is a quarter above the largest of the others, and the spikes are cut.
 */
export function axisLimit(values: readonly number[]): number {
  const descending = values.filter((value) => value > 0).sort((a, b) => b - a);
  const [largest = 0] = descending;
  const maxSpikes = descending.length < 4 ? 0 : Math.max(1, Math.floor(descending.length / 10));
  for (let spikes = 1; spikes <= maxSpikes; spikes += 1) {
    const next = descending[spikes] ?? 0;
    if ((descending[spikes - 1] ?? 0) > spikeRatio * next) return next * 1.25;
  }
  return largest;
}

/** Returns the width of the tick labels in pixels. */
export function axisWidth(axis: Axis): number {
  return 18 + Math.max(3, ...axis.ticks.map((tick) => formatCount(tick).length)) * 6.6;
}

/** Returns every how many labels one can be drawn without touching the next. `slotWidth` is in pixels. */
export function labelInterval(labels: readonly string[], slotWidth: number): number {
  const longest = Math.max(1, ...labels.map((label) => label.length));
  return Math.max(1, Math.ceil((12 + longest * 6.6) / Math.max(slotWidth, 0.1)));
}

/** Returns the colour intensity of a heatmap cell, 0..1. Low values are raised a little so that they can be told apart. */
export function heatIntensity(value: number, largest: number): number {
  if (largest <= 0 || value <= 0) return 0;
  return Math.min(value / largest, 1) ** 0.8;
}

/** Returns the hours from the first to the last with visitors. Without visitors, the range of all observed hours. */
export function hourRange(cells: readonly { hour: number; visitors_per_hour: number }[]): number[] {
  const busy = cells.filter((cell) => cell.visitors_per_hour > 0).map((cell) => cell.hour);
  const hours = busy.length > 0 ? busy : cells.map((cell) => cell.hour);
  if (hours.length === 0) return [];
  const first = Math.min(...hours);
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index);
}

function tickValues(step: number, steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}
