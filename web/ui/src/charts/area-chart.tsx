import { formatAverage } from "../format/number.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { Grid } from "./grid.tsx";
import { areaPath, linePath, type Point, splitAtGaps } from "./line-path.ts";
import { axisWidth, labelInterval, niceAxis } from "./scale.ts";
import { useActiveIndex } from "./use-active-index.ts";
import { useElementWidth } from "./use-element-width.ts";

export interface AreaPoint {
  key: string;
  label: string;
  title: string;
  /** A null value interrupts the line. */
  value: number | null;
}

interface AreaChartProps {
  points: readonly AreaPoint[];
  summary: string;
  height?: number;
  /** A limit such as the capacity. It is drawn as a dashed line when a value exceeds half of it. */
  limit?: { value: number; name: string } | null;
  /** Returns the lines of the tooltip of a point. */
  tooltipLines: (point: AreaPoint) => readonly string[];
}

/** An area chart with one point per bucket, at the middle of the bucket. Unknown values interrupt the line. */
export function AreaChart({ points, summary, height = 248, limit = null, tooltipLines }: AreaChartProps) {
  const [container, width] = useElementWidth<HTMLDivElement>();
  const zeroY = height - 26;
  const right = Math.max(width, 240) - 4;
  const largest = Math.max(0, ...points.map((point) => point.value ?? 0));
  const nearLimit = limit !== null && largest > limit.value * 0.5 ? limit : null;
  const axis = niceAxis(Math.max(largest, nearLimit?.value ?? 0), 3);
  const left = axisWidth(axis);
  const yOf = (value: number) => zeroY - (value / axis.max) * (zeroY - 12);
  const slotWidth = (right - left) / Math.max(points.length, 1);
  const positions: Point[] = points.map((point, index) => ({
    x: left + (index + 0.5) * slotWidth,
    y: point.value === null ? null : yOf(point.value),
  }));
  const interval = labelInterval(
    points.map((point) => point.label),
    slotWidth,
  );
  const segments = splitAtGaps(positions);
  const { active, pointerHandlers } = useActiveIndex(container, (x) => {
    const index = Math.floor((x - left) / slotWidth);
    return index >= 0 && index < points.length ? index : null;
  });
  const activePoint = active === null ? undefined : points[active];
  const activePosition = active === null ? undefined : positions[active];

  return (
    <div className="relative" ref={container}>
      {width > 0 && (
        <svg
          aria-label={summary}
          className="block w-full touch-pan-y select-none"
          height={height}
          {...pointerHandlers}
          role="img"
          viewBox={`0 0 ${Math.max(width, 240)} ${height}`}
        >
          <Grid format={formatAverage} left={left} right={right} ticks={axis.ticks} yOf={yOf} />
          {nearLimit !== null && (
            <g>
              <line
                className="stroke-warning"
                strokeDasharray="5 4"
                strokeWidth={1.5}
                x1={left}
                x2={right}
                y1={yOf(nearLimit.value)}
                y2={yOf(nearLimit.value)}
              />
              <text
                className="fill-warning font-medium text-[11px]"
                textAnchor="end"
                x={right - 2}
                y={yOf(nearLimit.value) - 5}
              >
                {nearLimit.name}
              </text>
            </g>
          )}
          {segments.map((segment) => (
            <g key={segment[0]?.x}>
              <path className="fill-chart-1/15" d={areaPath(segment, zeroY)} />
              <path
                className="fill-none stroke-chart-1"
                d={linePath(segment)}
                strokeLinecap="round"
                strokeLinejoin="round"
                strokeWidth={2.25}
              />
            </g>
          ))}
          {points.map((point, index) =>
            index % interval === 0 ? (
              <text
                className="fill-muted-foreground text-[11px] tabular-nums"
                key={point.key}
                textAnchor="middle"
                x={positions[index]?.x}
                y={height - 8}
              >
                {point.label}
              </text>
            ) : null,
          )}
          {activePosition !== undefined && activePosition.y !== null && (
            <circle
              className="fill-card stroke-chart-1"
              cx={activePosition.x}
              cy={activePosition.y}
              r={4}
              strokeWidth={2.25}
            />
          )}
        </svg>
      )}
      {activePoint !== undefined && activePosition !== undefined && (
        <ChartTooltip
          lines={tooltipLines(activePoint)}
          title={activePoint.title}
          width={right}
          x={activePosition.x}
        />
      )}
    </div>
  );
}
