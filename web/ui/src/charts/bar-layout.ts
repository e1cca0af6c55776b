import type { Bar } from "./bucket.ts";
import { type Axis, alignedAxis, axisLimit, axisWidth, labelInterval, niceAxis } from "./scale.ts";

/** The size of a chart and its margins, in pixels. */
export interface Frame {
  width: number;
  height: number;
  top: number;
  right: number;
  bottom: number;
}

/** A limit of the occupancy, such as the capacity. */
export interface Limit {
  value: number;
  name: string;
}

export interface BarBox {
  bar: Bar;
  /** The left edge and width of the column, gap included. The pointer hits this area. */
  slotX: number;
  slotWidth: number;
  x: number;
  width: number;
  /** The top of the bar; null without a value, because "no data" is not a bar of height zero. */
  y: number | null;
  height: number;
  /** Whether the bar is higher than the axis, so that it is cut and its value is written. */
  cut: boolean;
  baselineY: number | null;
  /** Whether the label under the axis is drawn. */
  labelled: boolean;
}

/** The line of the average occupancy, with the axis on the right. */
export interface OccupancyLayout {
  axis: Axis;
  yOf: (value: number) => number;
  /** The limit, if an occupancy exceeds half of it. */
  limit: Limit | null;
}

export interface BarLayout {
  axis: Axis;
  /** The x at which the axis labels end and the bars begin. */
  left: number;
  /** The x at which the bars end. */
  right: number;
  boxes: BarBox[];
  /** The y of the value zero. */
  zeroY: number;
  /** Returns the y of a value; that of the end of the axis for a larger value. */
  yOf: (value: number) => number;
  /** Null when no bar has an occupancy. */
  occupancy: OccupancyLayout | null;
}

/** Computes the position of each bar in the frame, and the axis of the occupancy. */
export function layOutBars(bars: readonly Bar[], frame: Frame, limit: Limit | null = null): BarLayout {
  const zeroY = frame.height - frame.bottom;
  const plotHeight = zeroY - frame.top;
  const axis = niceAxis(
    axisLimit(bars.map((bar) => Math.max(bar.value ?? 0, bar.baseline ?? 0, bar.expected?.high ?? 0))),
  );
  const yOf = (value: number) => zeroY - (Math.min(value, axis.max) / axis.max) * plotHeight;
  const occupancy = layOutOccupancy(bars, axis, { zeroY, plotHeight }, limit);

  const left = axisWidth(axis);
  const right = frame.width - (occupancy === null ? frame.right : axisWidth(occupancy.axis));
  const slotWidth = bars.length === 0 ? 0 : (right - left) / bars.length;
  const width = Math.max(1, Math.min(slotWidth * 0.68, Math.max(44, frame.width / 24)));
  const interval = labelInterval(
    bars.map((bar) => bar.label),
    slotWidth,
  );

  const boxes = bars.map((bar, index): BarBox => {
    const slotX = left + index * slotWidth;
    const y = bar.value === null ? null : yOf(bar.value);
    return {
      bar,
      slotX,
      slotWidth,
      x: slotX + (slotWidth - width) / 2,
      width,
      y,
      height: y === null ? 0 : zeroY - y,
      cut: (bar.value ?? 0) > axis.max,
      baselineY: bar.baseline === null ? null : yOf(bar.baseline),
      labelled: index % interval === 0,
    };
  });
  return { axis, left, right, boxes, zeroY, yOf, occupancy };
}

function layOutOccupancy(
  bars: readonly Bar[],
  barAxis: Axis,
  { zeroY, plotHeight }: { zeroY: number; plotHeight: number },
  limit: Limit | null,
): OccupancyLayout | null {
  const values = bars.flatMap(({ occupancy }) => (occupancy == null ? [] : [occupancy]));
  if (values.length === 0) return null;
  const largest = Math.max(...values);
  const nearLimit = limit !== null && largest > limit.value / 2 ? limit : null;
  const axis = alignedAxis(Math.max(largest, nearLimit?.value ?? 0), barAxis.ticks.length - 1);
  return { axis, limit: nearLimit, yOf: (value) => zeroY - (value / axis.max) * plotHeight };
}
