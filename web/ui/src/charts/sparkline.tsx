import { type Bar, withoutClosed } from "./bucket.ts";

export type SparklinePoint = Pick<Bar, "key" | "value" | "state">;

/** A bar chart without axes, one bar per hour. An hour without visitors or without data is a dash on the axis. */
export function Sparkline({ points, summary }: { points: readonly SparklinePoint[]; summary: string }) {
  const bars = withoutClosed(points);
  const width = 100;
  const height = 32;
  const largest = Math.max(1, ...bars.map((bar) => bar.value ?? 0));
  const slotWidth = width / Math.max(bars.length, 1);
  return (
    <svg
      aria-label={summary}
      className="h-10 w-full"
      preserveAspectRatio="none"
      role="img"
      viewBox={`0 0 ${width} ${height}`}
    >
      {bars.map((bar, index) => {
        const x = (index + 0.15) * slotWidth;
        const barHeight = ((bar.value ?? 0) / largest) * (height - 2);
        if (bar.value === null || bar.value === 0) {
          return (
            <rect
              className={bar.state === "no_data" ? "fill-input" : "fill-border"}
              height={1.2}
              key={bar.key}
              width={slotWidth * 0.7}
              x={x}
              y={height - 1.2}
            />
          );
        }
        return (
          <rect
            className={bar.state === "value" ? "fill-chart-1" : "fill-chart-1/45"}
            height={Math.max(barHeight, 1.5)}
            key={bar.key}
            width={slotWidth * 0.7}
            x={x}
            y={height - Math.max(barHeight, 1.5)}
          />
        );
      })}
    </svg>
  );
}
