import type { Bar } from "./bucket.ts";
import { type Axis, axisFor, axisWidth } from "./scale.ts";

export interface Frame {
  width: number;
  height: number;
  top: number;
  right: number;
  bottom: number;
}

export interface BarBox {
  bar: Bar;
  /** The column's left edge and width, gap included: what the pointer hits. */
  slotX: number;
  slotWidth: number;
  x: number;
  width: number;
  /** Top and height of the bar; null where there is no value to draw: no data is not a bar of height zero. */
  y: number | null;
  height: number;
  baselineY: number | null;
  /** Whether the label under the axis fits without touching its neighbour. */
  labelled: boolean;
}

export interface BarLayout {
  axis: Axis;
  /** Where the axis' numbers end and the bars begin. */
  left: number;
  boxes: BarBox[];
  /** The y of zero. */
  floor: number;
  /** The y of a value. */
  yOf: (value: number) => number;
}

/** Least distance between two labels under the axis, in pixels, for labels of this many characters. */
function labelRoom(characters: number): number {
  return 12 + characters * 6.6;
}

export function layOutBars(bars: readonly Bar[], frame: Frame): BarLayout {
  const floor = frame.height - frame.bottom;
  const room = floor - frame.top;
  const axis = axisFor(
    Math.max(0, ...bars.flatMap((bar) => [bar.value ?? 0, bar.baseline ?? 0, bar.expected?.high ?? 0])),
  );
  const yOf = (value: number) => floor - (value / axis.max) * room;

  const left = axisWidth(axis);
  const slotWidth = bars.length === 0 ? 0 : (frame.width - left - frame.right) / bars.length;
  const width = Math.max(1, Math.min(slotWidth * 0.68, 44));
  const longest = Math.max(1, ...bars.map((bar) => bar.label.length));
  const every = Math.max(1, Math.ceil(labelRoom(longest) / Math.max(slotWidth, 0.1)));

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
      height: y === null ? 0 : floor - y,
      baselineY: bar.baseline === null ? null : yOf(bar.baseline),
      labelled: index % every === 0,
    };
  });
  return { axis, left, boxes, floor, yOf };
}
