import type { BucketState } from "./bucket.ts";

export interface SparkPoint {
  start: string;
  visitors: number | null;
  state: BucketState;
}

/** The day in one glance: small bars, one an hour. Hours without data are dots on the axis, not bars of height zero. */
export function Sparkline({ points, summary }: { points: readonly SparkPoint[]; summary: string }) {
  const width = 100;
  const height = 32;
  const largest = Math.max(1, ...points.map((point) => point.visitors ?? 0));
  const step = width / Math.max(points.length, 1);
  return (
    <svg
      aria-label={summary}
      className="h-10 w-full"
      preserveAspectRatio="none"
      role="img"
      viewBox={`0 0 ${width} ${height}`}
    >
      {points.map((point, index) => {
        const x = index * step + step * 0.15;
        const tall = ((point.visitors ?? 0) / largest) * (height - 2);
        if (point.visitors === null || point.visitors === 0) {
          return (
            <rect
              className={point.state === "no_data" ? "fill-line-strong" : "fill-line"}
              height={1.2}
              key={point.start}
              width={step * 0.7}
              x={x}
              y={height - 1.2}
            />
          );
        }
        return (
          <rect
            className={point.state === "value" ? "fill-bar" : "fill-bar/45"}
            height={Math.max(tall, 1.5)}
            key={point.start}
            width={step * 0.7}
            x={x}
            y={height - Math.max(tall, 1.5)}
          />
        );
      })}
    </svg>
  );
}
