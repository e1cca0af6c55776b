/** A counting line `[ax, ay, bx, by]`, each in 0..1 of the frame's width and height; y grows downwards. */
export type Line = readonly [ax: number, ay: number, bx: number, by: number];

/** A place on the frame, in the same shares. */
export interface Place {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export type End = "a" | "b";

/** The line that holds while none has been drawn: mid-height, left to right. */
export const usualLine: Line = [0, 0.5, 1, 0.5];

/** Lines shorter than this share of the frame are refused by the API. */
export const shortestLine = 0.02;

export function lineOf(values: readonly number[] | null): Line {
  if (values === null) return usualLine;
  const [ax = 0, ay = 0, bx = 0, by = 0] = values;
  return [ax, ay, bx, by];
}

/** The line with one end moved to a place, kept inside the frame and rounded to a thousandth. */
export function withEnd([ax, ay, bx, by]: Line, end: End, { x, y }: Place): Line {
  const place = [share(x), share(y)] as const;
  return end === "a" ? [place[0], place[1], bx, by] : [ax, ay, place[0], place[1]];
}

/** Swapping the ends swaps IN and OUT. */
export function swapped([ax, ay, bx, by]: Line): Line {
  return [bx, by, ax, ay];
}

export function isLongEnough([ax, ay, bx, by]: Line): boolean {
  return Math.hypot(ax - bx, ay - by) >= shortestLine;
}

export interface Arrow {
  from: Place;
  to: Place;
}

/**
 * The arrow from the line's middle into its IN side, in pixels: to the right hand of somebody who looks from a to b on the screen.
 * Square to the line as drawn, whatever the frame's proportions. `length` is in pixels.
 */
export function inArrow([ax, ay, bx, by]: Line, { width, height }: Size, length: number): Arrow {
  const dx = (bx - ax) * width;
  const dy = (by - ay) * height;
  const norm = Math.hypot(dx, dy) || 1;
  const from = { x: ((ax + bx) / 2) * width, y: ((ay + by) / 2) * height };
  return { from, to: { x: from.x - (dy / norm) * length, y: from.y + (dx / norm) * length } };
}

/** `0.10, 0.50 → 0.90, 0.50` */
export function lineWords([ax, ay, bx, by]: Line): string {
  const [a, b] = [
    [ax, ay],
    [bx, by],
  ].map((end) => end.map((value) => value.toFixed(2)).join(", "));
  return `${a} → ${b}`;
}

function share(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
}
