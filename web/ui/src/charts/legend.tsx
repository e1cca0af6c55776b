import { t } from "@lingui/core/macro";
import { useId } from "react";
import { HatchPattern } from "./bar-column.tsx";
import { type Bar, type BucketState, stateLabel } from "./bucket.ts";

const legendStates: readonly BucketState[] = ["partial", "pending", "no_data", "closed"];

interface BarLegendProps {
  bars: readonly Bar[];
  baselineLabel: string | null;
  expectedLabel: string | null;
  occupancyLabel?: string | null;
}

/** The legend of a bar chart: the occupancy, the baseline, the forecast and the states that occur. Empty for plain bars. */
export function BarLegend({ bars, baselineLabel, expectedLabel, occupancyLabel = null }: BarLegendProps) {
  const states = legendStates.filter((state) =>
    bars.some((bar) => bar.state === state && (state !== "pending" || (bar.value ?? 0) > 0)),
  );
  const hasBaseline = baselineLabel !== null && bars.some((bar) => bar.baseline !== null);
  const hasExpected = expectedLabel !== null && bars.some((bar) => bar.expected !== undefined);
  const hasOccupancy = occupancyLabel !== null && bars.some((bar) => bar.occupancy != null);
  if (states.length === 0 && !hasBaseline && !hasExpected && !hasOccupancy) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1.5 text-muted-foreground text-xs">
      {hasOccupancy && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className="h-0.5 w-3.5 rounded bg-chart-3" />
          {occupancyLabel}
        </li>
      )}
      {hasBaseline && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className="h-0.5 w-3.5 rounded bg-muted-foreground" />
          {baselineLabel}
        </li>
      )}
      {hasExpected && (
        <li className="flex items-center gap-1.5">
          <svg aria-hidden="true" className="stroke-chart-1" height={14} width={10}>
            <line strokeLinecap="round" strokeOpacity={0.35} strokeWidth={5} x1={5} x2={5} y1={3} y2={11} />
            <circle className="fill-card" cx={5} cy={7} r={2.75} strokeWidth={1.75} />
          </svg>
          {expectedLabel}
        </li>
      )}
      {states.map((state) => (
        <li className="flex items-center gap-1.5" key={state}>
          <Swatch state={state} />
          {state === "pending" ? t`In progress` : stateLabel(state)}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ state }: { state: BucketState }) {
  const id = useId();
  return (
    <svg aria-hidden="true" height={12} width={14}>
      <defs>
        <HatchPattern color="var(--chart-1)" background="var(--accent)" id={`${id}-p`} />
        <HatchPattern color="var(--input)" background="transparent" id={`${id}-n`} />
      </defs>
      {state === "partial" && (
        <rect
          className="stroke-chart-1"
          fill={`url(#${id}-p)`}
          height={11}
          rx={2}
          width={13}
          x={0.5}
          y={0.5}
        />
      )}
      {state === "no_data" && <rect fill={`url(#${id}-n)`} height={12} rx={2} width={14} />}
      {state === "pending" && (
        <rect
          className="fill-accent stroke-chart-1"
          height={10.5}
          rx={2}
          strokeDasharray="3 2.5"
          strokeWidth={1.5}
          width={12.5}
          x={0.75}
          y={0.75}
        />
      )}
      {state === "closed" && (
        <line
          className="stroke-muted-foreground"
          strokeLinecap="round"
          strokeWidth={2}
          x1={3}
          x2={11}
          y1={9}
          y2={9}
        />
      )}
    </svg>
  );
}
