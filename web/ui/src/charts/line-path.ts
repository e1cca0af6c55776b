/** One point of a line over time; null interrupts the line: a gap in the data is a gap on screen. */
export interface Point {
  x: number;
  y: number | null;
}

/** Runs of neighbouring points that have a value. */
export function runsOf(points: readonly Point[]): { x: number; y: number }[][] {
  const runs: { x: number; y: number }[][] = [];
  let open: { x: number; y: number }[] | null = null;
  for (const { x, y } of points) {
    if (y === null) {
      open = null;
      continue;
    }
    if (open === null) {
      open = [];
      runs.push(open);
    }
    open.push({ x, y });
  }
  return runs;
}

/** SVG path through the points, straight from one to the next; a lone point becomes a dot of zero length. */
export function linePath(run: readonly { x: number; y: number }[]): string {
  if (run.length === 1 && run[0] !== undefined) return `M${at(run[0])}h0`;
  return run.map((point, index) => `${index === 0 ? "M" : "L"}${at(point)}`).join("");
}

/** The same line closed down to `floor`, to be filled. */
export function areaPath(run: readonly { x: number; y: number }[], floor: number): string {
  const first = run[0];
  const last = run.at(-1);
  if (first === undefined || last === undefined) return "";
  return `${linePath(run)}L${round(last.x)} ${round(floor)}L${round(first.x)} ${round(floor)}Z`;
}

function at(point: { x: number; y: number }): string {
  return `${round(point.x)} ${round(point.y)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
