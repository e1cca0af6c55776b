import { type PointerEvent, useId, useState } from "react";
import { formatCount } from "../format/number.ts";
import { type BarBox, type BarLayout, type Frame, layOutBars } from "./bar-layout.ts";
import type { Bar, BucketState } from "./bucket.ts";
import { ChartTip } from "./chart-tip.tsx";
import { Hatch } from "./hatch.tsx";
import { useWidth } from "./use-width.ts";

interface BarChartProps {
  bars: readonly Bar[];
  /** What the whole chart shows, in one sentence, for those who do not see it. */
  summary: string;
  baselineName: string | null;
  height?: number;
  testId?: string;
  /** The lines of the tooltip about one bar. */
  describe: (bar: Bar) => readonly string[];
}

/**
 * Bars over time, each in its state: counted ones are solid, partly counted ones hatched, those still filling outlined with
 * dashes; without data there is a hatched column and no bar, closed is a rest on the axis. A short line marks the baseline.
 */
export function BarChart({ bars, summary, baselineName, height = 260, testId, describe }: BarChartProps) {
  const [container, width] = useWidth<HTMLDivElement>();
  const [active, setActive] = useState<number | null>(null);
  const id = useId();
  const frame: Frame = { width: Math.max(width, 240), height, top: 22, right: 4, bottom: 26 };
  const layout = layOutBars(bars, frame);
  const slot = layout.boxes[0]?.slotWidth ?? 0;
  const activeBox = active === null ? undefined : layout.boxes[active];

  function follow(event: PointerEvent<SVGSVGElement>) {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const index = slot > 0 ? Math.floor((x - layout.left) / slot) : -1;
    setActive(index >= 0 && index < bars.length ? index : null);
  }

  return (
    <div className="relative" data-testid={testId} ref={container}>
      {width > 0 && (
        <svg
          aria-label={summary}
          className="block w-full touch-pan-y select-none"
          height={height}
          onPointerDown={follow}
          onPointerLeave={() => setActive(null)}
          onPointerMove={follow}
          role="img"
          viewBox={`0 0 ${frame.width} ${height}`}
        >
          <defs>
            <Hatch color="var(--bar)" ground="var(--accent-soft)" id={`${id}-partial`} />
            <Hatch color="var(--line-strong)" ground="transparent" id={`${id}-nodata`} />
          </defs>
          <Grid frame={frame} layout={layout} />
          {activeBox !== undefined && (
            <rect
              className="fill-sunken"
              height={layout.floor - frame.top + 6}
              rx={6}
              width={activeBox.slotWidth}
              x={activeBox.slotX}
              y={frame.top - 6}
            />
          )}
          {layout.boxes.map((box) => (
            <Column box={box} frame={frame} hatch={id} key={box.bar.key} layout={layout} />
          ))}
        </svg>
      )}
      {activeBox !== undefined && (
        <ChartTip
          at={activeBox.slotX + activeBox.slotWidth / 2}
          lines={describe(activeBox.bar)}
          title={activeBox.bar.title}
          width={frame.width}
        />
      )}
      <span className="sr-only">{baselineName === null ? "" : `Short lines show ${baselineName}.`}</span>
    </div>
  );
}

function Grid({ frame, layout }: { frame: Frame; layout: BarLayout }) {
  return (
    <g>
      {layout.axis.ticks.map((tick) => {
        const y = layout.yOf(tick);
        return (
          <g key={tick}>
            <line
              className={tick === 0 ? "stroke-line-strong" : "stroke-line"}
              x1={layout.left}
              x2={frame.width - frame.right}
              y1={y}
              y2={y}
            />
            <text
              className="fill-ink-faint text-[11px] tabular-nums"
              dominantBaseline="middle"
              textAnchor="end"
              x={layout.left - 8}
              y={y}
            >
              {formatCount(tick)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

interface ColumnProps {
  box: BarBox;
  layout: BarLayout;
  frame: Frame;
  hatch: string;
}

function Column({ box, layout, frame, hatch }: ColumnProps) {
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

function ValueLabel({ box }: { box: BarBox }) {
  const { bar } = box;
  if (box.y === null || bar.value === null || bar.value === 0) return null;
  const text = formatCount(bar.value);
  if (text.length * 6.8 + 4 > box.slotWidth) return null;
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
