import { type PointerEvent, useState } from "react";
import { formatAverage } from "../format/number.ts";
import { ChartTip } from "./chart-tip.tsx";
import { Grid } from "./grid.tsx";
import { areaPath, linePath, type Point, runsOf } from "./line-path.ts";
import { axisFor, axisWidth } from "./scale.ts";
import { useWidth } from "./use-width.ts";

export interface AreaPoint {
  key: string;
  label: string;
  title: string;
  /** Null interrupts the line. */
  value: number | null;
}

interface AreaChartProps {
  points: readonly AreaPoint[];
  summary: string;
  height?: number;
  /** A level to stay under, drawn as a dashed line when it comes near: the capacity. */
  limit?: { value: number; name: string } | null;
  describe: (point: AreaPoint) => readonly string[];
}

/** A level over time, one point per stretch at its middle. Where nothing is known the line is interrupted. */
export function AreaChart({ points, summary, height = 248, limit = null, describe }: AreaChartProps) {
  const [container, width] = useWidth<HTMLDivElement>();
  const [active, setActive] = useState<number | null>(null);
  const floor = height - 26;
  const right = Math.max(width, 240) - 4;
  const largest = Math.max(0, ...points.map((point) => point.value ?? 0));
  const nearLimit = limit !== null && largest > limit.value * 0.5 ? limit : null;
  const axis = axisFor(Math.max(largest, nearLimit?.value ?? 0), 3);
  const left = axisWidth(axis);
  const yOf = (value: number) => floor - (value / axis.max) * (floor - 12);
  const step = (right - left) / Math.max(points.length, 1);
  const placed: Point[] = points.map((point, index) => ({
    x: left + (index + 0.5) * step,
    y: point.value === null ? null : yOf(point.value),
  }));
  const every = Math.max(
    1,
    Math.ceil((12 + 6.6 * Math.max(1, ...points.map((p) => p.label.length))) / Math.max(step, 0.1)),
  );
  const runs = runsOf(placed);
  const activePoint = active === null ? undefined : points[active];
  const activePlace = active === null ? undefined : placed[active];

  function follow(event: PointerEvent<SVGSVGElement>) {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const index = Math.floor((x - left) / step);
    setActive(index >= 0 && index < points.length ? index : null);
  }

  return (
    <div className="relative" ref={container}>
      {width > 0 && (
        <svg
          aria-label={summary}
          className="block w-full touch-pan-y select-none"
          height={height}
          onPointerDown={follow}
          onPointerLeave={() => setActive(null)}
          onPointerMove={follow}
          role="img"
          viewBox={`0 0 ${Math.max(width, 240)} ${height}`}
        >
          <Grid format={formatAverage} left={left} right={right} ticks={axis.ticks} yOf={yOf} />
          {nearLimit !== null && (
            <g>
              <line
                className="stroke-caution"
                strokeDasharray="5 4"
                strokeWidth={1.5}
                x1={left}
                x2={right}
                y1={yOf(nearLimit.value)}
                y2={yOf(nearLimit.value)}
              />
              <text
                className="fill-caution font-medium text-[11px]"
                textAnchor="end"
                x={right - 2}
                y={yOf(nearLimit.value) - 5}
              >
                {nearLimit.name}
              </text>
            </g>
          )}
          {runs.map((run) => (
            <g key={run[0]?.x}>
              <path className="fill-bar/15" d={areaPath(run, floor)} />
              <path
                className="fill-none stroke-bar"
                d={linePath(run)}
                strokeLinecap="round"
                strokeLinejoin="round"
                strokeWidth={2.25}
              />
            </g>
          ))}
          {points.map((point, index) =>
            index % every === 0 ? (
              <text
                className="fill-ink-faint text-[11px] tabular-nums"
                key={point.key}
                textAnchor="middle"
                x={placed[index]?.x}
                y={height - 8}
              >
                {point.label}
              </text>
            ) : null,
          )}
          {activePlace !== undefined && activePlace.y !== null && (
            <circle
              className="fill-surface stroke-bar"
              cx={activePlace.x}
              cy={activePlace.y}
              r={4}
              strokeWidth={2.25}
            />
          )}
        </svg>
      )}
      {activePoint !== undefined && activePlace !== undefined && (
        <ChartTip at={activePlace.x} lines={describe(activePoint)} title={activePoint.title} width={right} />
      )}
    </div>
  );
}
