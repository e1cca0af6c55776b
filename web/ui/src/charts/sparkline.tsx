import { type Bar, withoutClosedEnds } from "./bucket.ts";

export type SparkPoint = Pick<Bar, "key" | "value" | "state">;

/** The day in one glance: small bars, one an hour. Hours without data are a rest on the axis, not bars of height zero. */
export function Sparkline({ points: all, summary }: { points: readonly SparkPoint[]; summary: string }) {
  const points = withoutClosedEnds(all);
  const width = 100;
  const height = 32;
  const largest = Math.max(1, ...points.map((point) => point.value ?? 0));
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
        const tall = ((point.value ?? 0) / largest) * (height - 2);
        if (point.value === null || point.value === 0) {
          return (
            <rect
              className={point.state === "no_data" ? "fill-line-strong" : "fill-line"}
              height={1.2}
              key={point.key}
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
            key={point.key}
            width={step * 0.7}
            x={x}
            y={height - Math.max(tall, 1.5)}
          />
        );
      })}
    </svg>
  );
}
