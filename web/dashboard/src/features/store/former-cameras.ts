import type { Live } from "@metrica/client/owner.ts";

/**
 * What today's totals contain besides what the counting cameras of now have counted: crossings of cameras that were taken out of
 * use, or stopped counting, in the course of the day. With it the rows add up to the totals.
 */
export function countedByFormerCameras({
  cameras,
  former_cameras,
}: Pick<Live, "cameras" | "former_cameras">) {
  const stopped = cameras.filter((camera) => !camera.is_counting_line);
  return {
    in: stopped.reduce((total, camera) => total + camera.counted_in, former_cameras.counted_in),
    out: stopped.reduce((total, camera) => total + camera.counted_out, former_cameras.counted_out),
  };
}
