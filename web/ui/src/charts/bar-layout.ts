import type { Bar } from "./bucket.ts";
import { type Axis, axisWidth, labelInterval, niceAxis } from "./scale.ts";

/** The size of a chart and its margins, in pixels. */
export interface Frame {
  width: number;
  height: number;
  top: number;
  right: number;
  bottom: number;
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
  baselineY: number | null;
  /** Whether the label under the axis is drawn. */
  labelled: boolean;
}

export interface BarLayout {
  axis: Axis;
  /** The x at which the axis labels end and the bars begin. */
  left: number;
  boxes: BarBox[];
  /** The y of the value zero. */
  zeroY: number;
  /** Returns the y of a value. */
  yOf: (value: number) => number;
}

/** Computes the position of each bar in the frame. */
export function layOutBars(bars: readonly Bar[], frame: Frame): BarLayout {
  const zeroY = frame.height - frame.bottom;
  const plotHeight = zeroY - frame.top;
  const axis = niceAxis(
    Math.max(0, ...bars.flatMap((bar) => [bar.value ?? 0, bar.baseline ?? 0, bar.expected?.high ?? 0])),
  );
  const yOf = (value: number) => zeroY - (value / axis.max) * plotHeight;

  const left = axisWidth(axis);
  const slotWidth = bars.length === 0 ? 0 : (frame.width - left - frame.right) / bars.length;
  const width = Math.max(1, Math.min(slotWidth * 0.68, 44));
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
      baselineY: bar.baseline === null ? null : yOf(bar.baseline),
      labelled: index % interval === 0,
    };
  });
  return { axis, left, boxes, zeroY, yOf };
}
