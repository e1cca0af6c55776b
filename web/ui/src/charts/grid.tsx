interface GridProps {
  ticks: readonly number[];
  /** The x of the start and of the end of the lines. The labels are left of the start. */
  left: number;
  right: number;
  yOf: (value: number) => number;
  format: (value: number) => string;
}

/** The horizontal grid lines of a chart with their labels. */
export function Grid({ ticks, left, right, yOf, format }: GridProps) {
  return ticks.map((tick) => (
    <g key={tick}>
      <line
        className={tick === 0 ? "stroke-input" : "stroke-border"}
        x1={left}
        x2={right}
        y1={yOf(tick)}
        y2={yOf(tick)}
      />
      <text
        className="fill-muted-foreground text-[11px] tabular-nums"
        dominantBaseline="middle"
        textAnchor="end"
        x={left - 8}
        y={yOf(tick)}
      >
        {format(tick)}
      </text>
    </g>
  ));
}
