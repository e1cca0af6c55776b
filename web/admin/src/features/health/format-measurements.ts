import { t } from "@lingui/core/macro";
import type { HealthCamera } from "@metrica/client/admin.ts";
import { formatDecimal, formatShare } from "@metrica/ui/format/number.ts";

type Picture = NonNullable<HealthCamera["picture"]>;

function pictureLabel(picture: Picture): string {
  const labels: Record<Picture, string> = {
    ok: t`picture ok`,
    frozen: t`picture frozen`,
    covered: t`picture covered`,
    moved: t`picture moved`,
    damaged: t`picture damaged`,
    people_not_seen: t`people not seen`,
  };
  return labels[picture];
}

/** Returns the measurements of a camera as one line, without those that are unknown. */
export function formatMeasurements(camera: HealthCamera): string {
  return [
    camera.picture && pictureLabel(camera.picture),
    formatFrames(camera),
    known(camera.decode_ms, (value) => {
      const time = formatDecimal(value);
      return t`decoding ${time} ms`;
    }),
    known(camera.inference_ms, (value) => {
      const time = formatDecimal(value);
      return t`inference ${time} ms`;
    }),
    camera.device,
    known(camera.person_height, (value) => {
      const share = formatShare(value);
      return t`people ${share} of the picture`;
    }),
    known(camera.track_fragmentation, (value) => {
      const tracks = formatDecimal(value, 2);
      return t`${tracks} tracks per crossing`;
    }),
    known(camera.clock_offset_s, (value) => {
      const offset = `${value < 0 ? "−" : "+"}${formatDecimal(Math.abs(value))}`;
      return t`clock ${offset} s`;
    }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function known(value: number | null, format: (value: number) => string): string | null {
  return value === null ? null : format(value);
}

function formatFrames({ fps_reached, fps_wanted }: HealthCamera): string | null {
  if (fps_reached === null) return null;
  const reached = formatDecimal(fps_reached);
  if (fps_wanted === null) return t`${reached} frames/s`;
  const wanted = formatDecimal(fps_wanted);
  return t`${reached} of ${wanted} frames/s`;
}
