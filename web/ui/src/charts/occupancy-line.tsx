import { formatCount } from "../format/number.ts";
import type { BarLayout, OccupancyLayout } from "./bar-layout.ts";
import { linePath, splitAtGaps } from "./line-path.ts";

interface OccupancyLineProps {
  layout: BarLayout;
  occupancy: OccupancyLayout;
  /** The index of the bar whose point is marked. */
  active: number | null;
}

/** The line of the average occupancy through the middles of the bars, its axis on the right, and the limit. */
export function OccupancyLine({ layout, occupancy, active }: OccupancyLineProps) {
  const { boxes, left, right } = layout;
  const { axis, limit, yOf } = occupancy;
  const points = boxes.map(({ bar, slotX, slotWidth }) => ({
    x: slotX + slotWidth / 2,
    y: bar.occupancy == null ? null : yOf(bar.occupancy),
    afterGap: bar.afterClosed === true,
  }));
  const activePoint = active === null ? undefined : points[active];
  return (
    <g data-testid="occupancy-line">
      {axis.ticks.map((tick) => (
        <text
          className="fill-chart-3 text-[11px] tabular-nums"
          dominantBaseline="middle"
          key={tick}
          x={right + 8}
          y={yOf(tick)}
        >
          {formatCount(tick)}
        </text>
      ))}
      {limit !== null && (
        <g data-testid="limit">
          <line
            className="stroke-warning"
            strokeDasharray="5 4"
            strokeWidth={1.5}
            x1={left}
            x2={right}
            y1={yOf(limit.value)}
            y2={yOf(limit.value)}
          />
          <text
            className="fill-warning stroke-card font-medium text-[11px]"
            paintOrder="stroke"
            strokeWidth={3}
            textAnchor="end"
            x={right - 2}
            y={yOf(limit.value) - 5}
          >
            {limit.name}
          </text>
        </g>
      )}
      {splitAtGaps(points).map((segment) => (
        <path
          className="fill-none stroke-chart-3"
          d={linePath(segment)}
          key={segment[0]?.x}
          strokeLinecap="round"
          strokeLinejoin="round"
          strokeWidth={2.25}
        />
      ))}
      {activePoint !== undefined && activePoint.y !== null && (
        <circle
          className="fill-card stroke-chart-3"
          cx={activePoint.x}
          cy={activePoint.y}
          r={4}
          strokeWidth={2.25}
        />
      )}
    </g>
  );
}
