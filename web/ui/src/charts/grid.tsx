interface GridProps {
  ticks: readonly number[];
  /** Where the lines begin and end; the numbers stand before. */
  left: number;
  right: number;
  yOf: (value: number) => number;
  format: (value: number) => string;
}

/** The marks of an axis: a line and its number each, the one at zero a little stronger. */
export function Grid({ ticks, left, right, yOf, format }: GridProps) {
  return ticks.map((tick) => (
    <g key={tick}>
      <line
        className={tick === 0 ? "stroke-line-strong" : "stroke-line"}
        x1={left}
        x2={right}
        y1={yOf(tick)}
        y2={yOf(tick)}
      />
      <text
        className="fill-ink-faint text-[11px] tabular-nums"
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
