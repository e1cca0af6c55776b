import { formatCount } from "../format/number.ts";
import type { BarBox, BarLayout, Frame } from "./bar-layout.ts";
import type { BucketState, Expected } from "./bucket.ts";

interface ColumnProps {
  box: BarBox;
  layout: BarLayout;
  frame: Frame;
  hatch: string;
}

/** One stretch of time: its bar in its state, its baseline, what is expected of it, its label. */
export function Column({ box, layout, frame, hatch }: ColumnProps) {
  const { bar } = box;
  const middle = box.x + box.width / 2;
  return (
    <g data-start={bar.key} data-state={bar.state} data-testid="bar" data-value={bar.value ?? ""}>
      {bar.state === "no_data" && (
        <>
          <rect
            fill={`url(#${hatch}-nodata)`}
            height={layout.floor - frame.top}
            opacity={0.55}
            rx={4}
            width={box.width}
            x={box.x}
            y={frame.top}
          />
          <text className="fill-ink-faint text-[11px]" textAnchor="middle" x={middle} y={layout.floor - 7}>
            ?
          </text>
        </>
      )}
      {bar.state === "closed" && (
        <line
          className="stroke-ink-faint"
          strokeLinecap="round"
          strokeWidth={2}
          x1={middle - box.width / 4}
          x2={middle + box.width / 4}
          y1={layout.floor - 5}
          y2={layout.floor - 5}
        />
      )}
      {box.y !== null && box.height > 0 && (
        <Body box={box} floor={layout.floor} hatch={hatch} state={bar.state} y={box.y} />
      )}
      {box.baselineY !== null && bar.state !== "closed" && (
        <line
          className="stroke-ink-soft"
          strokeLinecap="round"
          strokeWidth={2}
          x1={box.x - Math.min(3, box.width * 0.1)}
          x2={box.x + box.width + Math.min(3, box.width * 0.1)}
          y1={box.baselineY}
          y2={box.baselineY}
        />
      )}
      {bar.expected !== undefined && (
        <Range expected={bar.expected} middle={middle} room={box.slotWidth} yOf={layout.yOf} />
      )}
      {box.labelled && (
        <text
          className="fill-ink-faint text-[11px] tabular-nums"
          textAnchor="middle"
          x={middle}
          y={frame.height - 8}
        >
          {bar.label}
        </text>
      )}
      <ValueLabel box={box} />
    </g>
  );
}

interface RangeProps {
  expected: Expected;
  middle: number;
  /** How wide the number may be, in pixels. */
  room: number;
  yOf: (value: number) => number;
}

/** A dot at what is expected, on a line over the range it should fall into, with its number above where there is room. */
function Range({ expected, middle, room, yOf }: RangeProps) {
  const text = formatCount(expected.value);
  return (
    <g data-testid="expected">
      <line
        className="stroke-bar"
        strokeLinecap="round"
        strokeOpacity={0.35}
        strokeWidth={6}
        x1={middle}
        x2={middle}
        y1={yOf(expected.low)}
        y2={yOf(expected.high)}
      />
      <circle
        className="fill-surface stroke-bar"
        cx={middle}
        cy={yOf(expected.value)}
        r={3.5}
        strokeWidth={2}
      />
      {fits(text, room) && (
        <text
          className="fill-ink-faint text-[11px] tabular-nums"
          textAnchor="middle"
          x={middle}
          y={yOf(expected.high) - 8}
        >
          {text}
        </text>
      )}
    </g>
  );
}

/** Whether a number above a bar keeps clear of its neighbours'. */
function fits(text: string, room: number): boolean {
  return text.length * 6.8 + 4 <= room;
}

function ValueLabel({ box }: { box: BarBox }) {
  const { bar } = box;
  if (box.y === null || bar.value === null || bar.value === 0) return null;
  const text = formatCount(bar.value);
  if (!fits(text, box.slotWidth)) return null;
  const top =
    box.baselineY !== null && box.baselineY < box.y && box.y - box.baselineY < 16 ? box.baselineY : box.y;
  return (
    <text
      className="fill-ink-soft font-medium text-[11px] tabular-nums"
      textAnchor="middle"
      x={box.x + box.width / 2}
      y={top - 6}
    >
      {text}
    </text>
  );
}

function Body({
  box,
  floor,
  hatch,
  state,
  y,
}: {
  box: BarBox;
  floor: number;
  hatch: string;
  state: BucketState;
  y: number;
}) {
  const shape = roundedTop(box.x, y, box.width, floor - y, Math.min(4, box.width / 3));
  if (state === "partial")
    return <path className="stroke-bar" d={shape} fill={`url(#${hatch}-partial)`} strokeWidth={1} />;
  if (state === "pending") {
    return (
      <path className="fill-accent-soft stroke-bar" d={shape} strokeDasharray="3 2.5" strokeWidth={1.5} />
    );
  }
  return <path className={state === "closed" ? "fill-line-strong" : "fill-bar"} d={shape} />;
}

function roundedTop(x: number, y: number, width: number, height: number, radius: number): string {
  const r = Math.min(radius, height);
  return `M${x} ${y + height}V${y + r}q0 ${-r} ${r} ${-r}h${width - 2 * r}q${r} 0 ${r} ${r}V${y + height}Z`;
}
