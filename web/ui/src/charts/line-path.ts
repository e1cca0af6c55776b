/** A point of a line chart in pixels. A null `y` interrupts the line. */
export interface Point {
  x: number;
  y: number | null;
  /** Whether the line is interrupted before this point. */
  afterGap?: boolean;
}

/** Splits the points into segments of neighbours that have a value. */
export function splitAtGaps(points: readonly Point[]): { x: number; y: number }[][] {
  const segments: { x: number; y: number }[][] = [];
  let segment: { x: number; y: number }[] | null = null;
  for (const { x, y, afterGap } of points) {
    if (y === null) {
      segment = null;
      continue;
    }
    if (segment === null || afterGap === true) {
      segment = [];
      segments.push(segment);
    }
    segment.push({ x, y });
  }
  return segments;
}

/** Returns the SVG path of a straight line through the points. A single point becomes a dot. */
export function linePath(segment: readonly { x: number; y: number }[]): string {
  if (segment.length === 1 && segment[0] !== undefined) return `M${coordinates(segment[0])}h0`;
  return segment.map((point, index) => `${index === 0 ? "M" : "L"}${coordinates(point)}`).join("");
}

function coordinates(point: { x: number; y: number }): string {
  return `${round(point.x)} ${round(point.y)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
