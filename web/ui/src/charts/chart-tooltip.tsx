interface ChartTooltipProps {
  title: string;
  lines: readonly string[];
  /** The position and the width of the chart, in pixels. The tooltip stays inside the chart. */
  x: number;
  width: number;
}

/** The tooltip of a chart. It is hidden from screen readers: the table of the chart has the same values. */
export function ChartTooltip({ title, lines, x, width }: ChartTooltipProps) {
  const share = Math.min(1, Math.max(0, x / Math.max(width, 1)));
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute -top-3 z-10 max-w-64 rounded-lg border border-border bg-card px-3 py-2 text-xs shadow-card"
      style={{ left: `${x}px`, transform: `translateX(-${share * 100}%)` }}
    >
      <p className="font-semibold">{title}</p>
      {lines.map((line) => (
        <p className="whitespace-nowrap text-muted-foreground tabular-nums" key={line}>
          {line}
        </p>
      ))}
    </div>
  );
}
