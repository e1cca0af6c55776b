import { t } from "@lingui/core/macro";
import { useId } from "react";
import { formatCount } from "../format/number.ts";
import { BarColumn, HatchPattern, ValueLabel } from "./bar-column.tsx";
import { type Frame, type Limit, layOutBars } from "./bar-layout.ts";
import { BarLinks, type RenderBarLink } from "./bar-links.tsx";
import type { Bar } from "./bucket.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { Grid } from "./grid.tsx";
import { OccupancyLine } from "./occupancy-line.tsx";
import { useActiveIndex } from "./use-active-index.ts";
import { useElementWidth } from "./use-element-width.ts";

interface BarChartProps {
  bars: readonly Bar[];
  /** The text alternative of the chart: one sentence. */
  summary: string;
  baselineLabel: string | null;
  height?: number;
  /** The capacity. It is drawn when an occupancy exceeds half of it. */
  limit?: Limit | null;
  testId?: string;
  /** The links over the bars, and the name of the group. */
  links?: { label: string; renderLink: RenderBarLink } | undefined;
  /** Returns the lines of the tooltip of a bar. */
  tooltipLines: (bar: Bar) => readonly string[];
}

/**
 * A bar chart over time. The style of a bar shows the state of its bucket: complete is solid, partial is hatched, pending has
 * a dashed outline, no data is a hatched column without a bar, closed is a dash on the axis. A short line marks the baseline. Bars
 * with an occupancy get a line with an axis of its own on the right. Bars that tower over all others are cut.
 */
export function BarChart({
  bars,
  summary,
  baselineLabel,
  height = 240,
  limit = null,
  testId,
  links,
  tooltipLines,
}: BarChartProps) {
  const [container, width] = useElementWidth<HTMLDivElement>();
  const id = useId();
  const frame: Frame = { width: Math.max(width, 240), height, top: 22, right: 4, bottom: 26 };
  const layout = layOutBars(bars, frame, limit);
  const slot = layout.boxes[0]?.slotWidth ?? 0;
  const { active, setActive, pointerHandlers } = useActiveIndex(container, (x) => {
    const index = slot > 0 ? Math.floor((x - layout.left) / slot) : -1;
    return index >= 0 && index < bars.length ? index : null;
  });
  const activeBox = active === null ? undefined : layout.boxes[active];

  return (
    <div
      className="relative"
      data-testid={testId}
      ref={container}
      style={{ minHeight: height }}
      {...pointerHandlers}
    >
      {width > 0 && (
        <svg
          aria-label={summary}
          className="block w-full touch-pan-y select-none"
          height={height}
          role="img"
          viewBox={`0 0 ${frame.width} ${height}`}
        >
          <defs>
            <HatchPattern color="var(--chart-1)" background="var(--accent)" id={`${id}-partial`} />
            <HatchPattern color="var(--input)" background="transparent" id={`${id}-nodata`} />
          </defs>
          <Grid
            format={formatCount}
            left={layout.left}
            right={layout.right}
            ticks={layout.axis.ticks}
            yOf={layout.yOf}
          />
          {activeBox !== undefined && (
            <rect
              className="fill-muted"
              height={layout.zeroY - frame.top + 6}
              rx={6}
              width={activeBox.slotWidth}
              x={activeBox.slotX}
              y={frame.top - 6}
            />
          )}
          {layout.boxes.map((box) => (
            <BarColumn box={box} frame={frame} hatchId={id} key={box.bar.key} layout={layout} />
          ))}
          {layout.occupancy !== null && (
            <OccupancyLine active={active} layout={layout} occupancy={layout.occupancy} />
          )}
          {layout.boxes.map((box) => (
            <ValueLabel box={box} key={box.bar.key} />
          ))}
        </svg>
      )}
      {links !== undefined && width > 0 && (
        <BarLinks {...links} active={active} frame={frame} layout={layout} onActivate={setActive} />
      )}
      {activeBox !== undefined && (
        <ChartTooltip
          lines={tooltipLines(activeBox.bar)}
          title={activeBox.bar.title}
          width={frame.width}
          x={activeBox.slotX + activeBox.slotWidth / 2}
        />
      )}
      <span className="sr-only">
        {baselineLabel === null ? "" : t`Short lines show the baseline: ${baselineLabel}.`}
      </span>
    </div>
  );
}
