import { formatCount } from "../format/number.ts";
import { cn } from "../lib/utils.ts";
import type { BarBox, BarLayout, Frame } from "./bar-layout.ts";
import type { BucketState, Expected } from "./bucket.ts";

interface BarColumnProps {
  box: BarBox;
  layout: BarLayout;
  frame: Frame;
  /** The prefix of the ids of the hatch patterns. */
  hatchId: string;
}

/** One bucket of a bar chart: the bar, the baseline, the forecast and the label. */
export function BarColumn({ box, layout, frame, hatchId }: BarColumnProps) {
  const { bar } = box;
  const middle = box.x + box.width / 2;
  return (
    <g data-start={bar.key} data-state={bar.state} data-testid="bar" data-value={bar.value ?? ""}>
      {bar.state === "no_data" && (
        <>
          <rect
            fill={`url(#${hatchId}-nodata)`}
            height={layout.zeroY - frame.top}
            opacity={0.55}
            rx={4}
            width={box.width}
            x={box.x}
            y={frame.top}
          />
          <text
            className="fill-muted-foreground text-[11px]"
            textAnchor="middle"
            x={middle}
            y={layout.zeroY - 7}
          >
            ?
          </text>
        </>
      )}
      {bar.state === "closed" && (
        <line
          className="stroke-muted-foreground"
          strokeLinecap="round"
          strokeWidth={2}
          x1={middle - box.width / 4}
          x2={middle + box.width / 4}
          y1={layout.zeroY - 5}
          y2={layout.zeroY - 5}
        />
      )}
      {box.y !== null && box.height > 0 && (
        <BarShape box={box} hatchId={hatchId} state={bar.state} y={box.y} zeroY={layout.zeroY} />
      )}
      {box.cut && <CutMark box={box} top={frame.top} />}
      {box.baselineY !== null && bar.state !== "closed" && (
        <line
          className="stroke-muted-foreground"
          strokeLinecap="round"
          strokeWidth={2}
          x1={box.x - Math.min(3, box.width * 0.1)}
          x2={box.x + box.width + Math.min(3, box.width * 0.1)}
          y1={box.baselineY}
          y2={box.baselineY}
        />
      )}
      {bar.expected !== undefined && (
        <ExpectedRange
          expected={bar.expected}
          maxLabelWidth={box.slotWidth}
          middle={middle}
          yOf={layout.yOf}
        />
      )}
      {box.labelled && (
        <text
          className="fill-muted-foreground text-[11px] tabular-nums"
          textAnchor="middle"
          x={middle}
          y={frame.height - 8}
        >
          {bar.label}
        </text>
      )}
      {bar.annotation !== undefined && <AnnotationMark x={middle} y={layout.zeroY} />}
      {bar.afterClosed && (
        <line
          className="stroke-input"
          data-testid="closed-gap"
          strokeDasharray="2 3"
          x1={box.slotX}
          x2={box.slotX}
          y1={frame.top}
          y2={layout.zeroY + 4}
        />
      )}
    </g>
  );
}

/** The mark on the axis under a bucket with something special. */
export function AnnotationMark({ x, y }: { x: number; y: number }) {
  return (
    <path
      className="fill-warning stroke-card"
      d={`M${x} ${y - 5}l5 5l-5 5l-5 -5Z`}
      data-testid="annotation-mark"
      strokeWidth={1.5}
    />
  );
}

/** Two slanted lines through a bar that is higher than the axis. */
function CutMark({ box, top }: { box: BarBox; top: number }) {
  const { x, width } = box;
  return (
    <path
      className="stroke-card"
      d={`M${x - 2} ${top + 15}l${width + 4} -5M${x - 2} ${top + 20}l${width + 4} -5`}
      data-testid="cut"
      strokeWidth={2.5}
    />
  );
}

interface ExpectedRangeProps {
  expected: Expected;
  middle: number;
  /** The width available for the label, in pixels. */
  maxLabelWidth: number;
  yOf: (value: number) => number;
}

/** A dot at the expected value on a line over its range. The value is above the line where it fits. */
function ExpectedRange({ expected, middle, maxLabelWidth, yOf }: ExpectedRangeProps) {
  const text = formatCount(expected.value);
  return (
    <g data-testid="expected">
      <line
        className="stroke-chart-1"
        strokeLinecap="round"
        strokeOpacity={0.35}
        strokeWidth={6}
        x1={middle}
        x2={middle}
        y1={yOf(expected.low)}
        y2={yOf(expected.high)}
      />
      <circle
        className="fill-card stroke-chart-1"
        cx={middle}
        cy={yOf(expected.value)}
        r={3.5}
        strokeWidth={2}
      />
      {labelFits(text, maxLabelWidth) && (
        <text
          className="fill-muted-foreground text-[11px] tabular-nums"
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

/** Whether a label above a bar fits without touching the labels beside it. */
function labelFits(text: string, maxWidth: number): boolean {
  return text.length * 6.8 + 4 <= maxWidth;
}

/** The value above a bar, where it fits. The value of a bar that is cut is always written. */
export function ValueLabel({ box }: { box: BarBox }) {
  const { bar } = box;
  if (box.y === null || bar.value === null || bar.value === 0) return null;
  const text = formatCount(bar.value);
  if (!box.cut && !labelFits(text, box.slotWidth)) return null;
  const top =
    box.baselineY !== null && box.baselineY < box.y && box.y - box.baselineY < 16 ? box.baselineY : box.y;
  return (
    <text
      className={cn(
        "stroke-card font-medium text-[11px] tabular-nums",
        box.cut ? "fill-foreground" : "fill-muted-foreground",
      )}
      data-testid="bar-value"
      paintOrder="stroke"
      strokeWidth={3}
      textAnchor="middle"
      x={box.x + box.width / 2}
      y={top - 6}
    >
      {text}
    </text>
  );
}

function BarShape({
  box,
  hatchId,
  state,
  y,
  zeroY,
}: {
  box: BarBox;
  hatchId: string;
  state: BucketState;
  y: number;
  zeroY: number;
}) {
  const shape = roundedTop(box.x, y, box.width, zeroY - y, Math.min(4, box.width / 3));
  if (state === "partial")
    return <path className="stroke-chart-1" d={shape} fill={`url(#${hatchId}-partial)`} strokeWidth={1} />;
  if (state === "pending") {
    return (
      <path className="fill-accent stroke-chart-1" d={shape} strokeDasharray="3 2.5" strokeWidth={1.5} />
    );
  }
  return <path className={state === "closed" ? "fill-input" : "fill-chart-1"} d={shape} />;
}

function roundedTop(x: number, y: number, width: number, height: number, radius: number): string {
  const r = Math.min(radius, height);
  return `M${x} ${y + height}V${y + r}q0 ${-r} ${r} ${-r}h${width - 2 * r}q${r} 0 ${r} ${r}V${y + height}Z`;
}

/** A pattern of diagonal lines. Use it as `fill="url(#id)"`. */
export function HatchPattern({ id, color, background }: { id: string; color: string; background: string }) {
  return (
    <pattern height={6} id={id} patternTransform="rotate(45)" patternUnits="userSpaceOnUse" width={6}>
      <rect fill={background} height={6} width={6} />
      <rect fill={color} height={6} width={2} />
    </pattern>
  );
}
