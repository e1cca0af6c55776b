interface ChartTipProps {
  title: string;
  lines: readonly string[];
  /** Where it points, from the left of the chart, and the chart's width: it never leaves the chart. */
  at: number;
  width: number;
}

/** What a chart says about the place under the pointer. The same is in the chart's table, for those without a pointer. */
export function ChartTip({ title, lines, at, width }: ChartTipProps) {
  const share = Math.min(1, Math.max(0, at / Math.max(width, 1)));
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute -top-3 z-10 max-w-64 rounded-lg border border-line bg-surface px-3 py-2 text-xs shadow-card"
      style={{ left: `${at}px`, transform: `translateX(-${share * 100}%)` }}
    >
      <p className="font-semibold">{title}</p>
      {lines.map((line) => (
        <p className="whitespace-nowrap text-ink-soft tabular-nums" key={line}>
          {line}
        </p>
      ))}
    </div>
  );
}
