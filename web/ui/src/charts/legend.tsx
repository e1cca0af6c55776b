import { useId } from "react";
import type { Bar, BucketState } from "./bucket.ts";
import { stateNames } from "./bucket.ts";
import { Hatch } from "./hatch.tsx";

const explained: readonly BucketState[] = ["partial", "pending", "no_data", "closed"];

interface BarLegendProps {
  bars: readonly Bar[];
  baselineName: string | null;
  expectedName: string | null;
}

/** Names the states that occur, and the baseline's line when there is one; a chart of plain bars needs no legend. */
export function BarLegend({ bars, baselineName, expectedName }: BarLegendProps) {
  const states = explained.filter((state) =>
    bars.some((bar) => bar.state === state && (state !== "pending" || (bar.value ?? 0) > 0)),
  );
  const hasBaseline = baselineName !== null && bars.some((bar) => bar.baseline !== null);
  const hasExpected = expectedName !== null && bars.some((bar) => bar.expected !== undefined);
  if (states.length === 0 && !hasBaseline && !hasExpected) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1.5 text-ink-soft text-xs">
      {hasBaseline && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className="h-0.5 w-3.5 rounded bg-ink-soft" />
          {baselineName}
        </li>
      )}
      {hasExpected && (
        <li className="flex items-center gap-1.5">
          <svg aria-hidden="true" className="stroke-bar" height={14} width={10}>
            <line strokeLinecap="round" strokeOpacity={0.35} strokeWidth={5} x1={5} x2={5} y1={3} y2={11} />
            <circle className="fill-surface" cx={5} cy={7} r={2.75} strokeWidth={1.75} />
          </svg>
          {expectedName}
        </li>
      )}
      {states.map((state) => (
        <li className="flex items-center gap-1.5" key={state}>
          <Sample state={state} />
          {state === "pending" ? "Still counting" : stateNames[state]}
        </li>
      ))}
    </ul>
  );
}

function Sample({ state }: { state: BucketState }) {
  const id = useId();
  return (
    <svg aria-hidden="true" height={12} width={14}>
      <defs>
        <Hatch color="var(--bar)" ground="var(--accent-soft)" id={`${id}-p`} />
        <Hatch color="var(--line-strong)" ground="transparent" id={`${id}-n`} />
      </defs>
      {state === "partial" && (
        <rect className="stroke-bar" fill={`url(#${id}-p)`} height={11} rx={2} width={13} x={0.5} y={0.5} />
      )}
      {state === "no_data" && <rect fill={`url(#${id}-n)`} height={12} rx={2} width={14} />}
      {state === "pending" && (
        <rect
          className="fill-accent-soft stroke-bar"
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
          className="stroke-ink-faint"
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
