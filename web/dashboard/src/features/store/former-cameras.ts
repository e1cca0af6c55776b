import type { Live } from "@metrica/client/owner.ts";

/**
 * What today's totals contain besides the counting cameras of now: crossings of cameras that were taken out of use, or stopped
 * counting, in the course of the day. Without it the rows would not add up to the totals.
 */
export function countedByFormerCameras(live: Pick<Live, "cameras" | "visitors_today" | "exits_today">) {
  const counting = live.cameras.filter((camera) => camera.is_counting_line);
  const sum = (direction: "in" | "out") => counting.reduce((total, camera) => total + camera[direction], 0);
  return {
    in: Math.max(0, (live.visitors_today ?? 0) - sum("in")),
    out: Math.max(0, (live.exits_today ?? 0) - sum("out")),
  };
}
