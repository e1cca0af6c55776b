import type { HealthCamera } from "@metrica/client/admin.ts";

const pictureLabels: Record<NonNullable<HealthCamera["picture"]>, string> = {
  ok: "picture ok",
  frozen: "picture frozen",
  covered: "picture covered",
  moved: "picture moved",
  damaged: "picture damaged",
  people_not_seen: "people not seen",
};

/** Returns the measurements of a camera as one line, without those that are unknown. */
export function formatMeasurements(camera: HealthCamera): string {
  const { fps_reached, fps_wanted, clock_offset_s } = camera;
  return [
    camera.picture && pictureLabels[camera.picture],
    fps_reached !== null &&
      (fps_wanted === null
        ? `${fps_reached.toFixed(1)} frames/s`
        : `${fps_reached.toFixed(1)} of ${fps_wanted.toFixed(1)} frames/s`),
    camera.decode_ms !== null && `decoding ${camera.decode_ms.toFixed(1)} ms`,
    camera.inference_ms !== null && `inference ${camera.inference_ms.toFixed(1)} ms`,
    camera.device,
    camera.person_height !== null && `people ${Math.round(camera.person_height * 100)}% of the picture`,
    camera.track_fragmentation !== null && `${camera.track_fragmentation.toFixed(2)} tracks per crossing`,
    clock_offset_s !== null &&
      `clock ${clock_offset_s < 0 ? "−" : "+"}${Math.abs(clock_offset_s).toFixed(1)} s`,
  ]
    .filter(Boolean)
    .join(" · ");
}
