import { type PointerEvent, useId, useState } from "react";
import { formatCount } from "../format/number.ts";
import { Column } from "./bar-column.tsx";
import { type Frame, layOutBars } from "./bar-layout.ts";
import type { Bar } from "./bucket.ts";
import { ChartTip } from "./chart-tip.tsx";
import { Grid } from "./grid.tsx";
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
          <Grid
            format={formatCount}
            left={layout.left}
            right={frame.width - frame.right}
            ticks={layout.axis.ticks}
            yOf={layout.yOf}
          />
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
