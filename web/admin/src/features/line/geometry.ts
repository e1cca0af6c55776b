/** A counting line `[ax, ay, bx, by]`, each 0..1 of the width and height of the frame. y grows downwards. */
export type Line = readonly [ax: number, ay: number, bx: number, by: number];

/** A point of the frame, each coordinate 0..1 of its width and height. */
export interface Point {
  x: number;
  y: number;
}

/** The size of a frame in pixels. */
export interface Size {
  width: number;
  height: number;
}

export type End = "a" | "b";

/** The line of a camera without a line: mid-height, left to right. */
export const defaultLine: Line = [0, 0.5, 1, 0.5];

/** The minimum length as a share of the frame. The API rejects shorter lines. */
export const minLineLength = 0.02;

/** Converts the line of the API; null is the default line. */
export function toLine(values: readonly number[] | null): Line {
  if (values === null) return defaultLine;
  const [ax = 0, ay = 0, bx = 0, by = 0] = values;
  return [ax, ay, bx, by];
}

/** Returns the line with one end moved. The end stays inside the frame and is rounded to 0.0001, a part of a pixel. */
export function moveEnd([ax, ay, bx, by]: Line, end: End, { x, y }: Point): Line {
  const moved = [toCoordinate(x), toCoordinate(y)] as const;
  return end === "a" ? [moved[0], moved[1], bx, by] : [ax, ay, moved[0], moved[1]];
}

/** Swaps the ends. This swaps IN and OUT. */
export function swapEnds([ax, ay, bx, by]: Line): Line {
  return [bx, by, ax, ay];
}

/** Whether the API accepts the length of the line. */
export function isLongEnough([ax, ay, bx, by]: Line): boolean {
  return Math.hypot(ax - bx, ay - by) >= minLineLength;
}

export interface Arrow {
  from: Point;
  to: Point;
}

/**
 * Returns the arrow from the middle of the line to its IN side, in pixels. The IN side is on the right-hand side when looking
 * from a to b. The arrow is perpendicular to the line on the screen.
 */
export function inArrow([ax, ay, bx, by]: Line, { width, height }: Size, length: number): Arrow {
  const dx = (bx - ax) * width;
  const dy = (by - ay) * height;
  const norm = Math.hypot(dx, dy) || 1;
  const from = { x: ((ax + bx) / 2) * width, y: ((ay + by) / 2) * height };
  return { from, to: { x: from.x - (dy / norm) * length, y: from.y + (dx / norm) * length } };
}

/** `0.10, 0.50 → 0.90, 0.50` */
export function formatLine([ax, ay, bx, by]: Line): string {
  const [a, b] = [
    [ax, ay],
    [bx, by],
  ].map((end) => end.map((value) => value.toFixed(2)).join(", "));
  return `${a} → ${b}`;
}

function toCoordinate(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
}
