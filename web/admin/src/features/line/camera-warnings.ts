import { t } from "@lingui/core/macro";
import type { CameraWarning } from "@metrica/client/admin.ts";
import { formatDecimal, formatSetting } from "@metrica/ui/format/number.ts";

/**
 * Returns a warning of the API in the language of the page. One that this page does not know, because the API is newer, keeps the English
 * sentence of the API.
 */
export function describeCameraWarning({ type, message, facts }: CameraWarning): string {
  const { fps, reliable_fps } = facts;
  if (fps === undefined || reliable_fps === undefined) return message;
  const reliableFps = formatSetting(reliable_fps);
  switch (type) {
    case "few_frames_set": {
      const wantedFps = formatSetting(fps);
      return t`${wantedFps} frames/s are few for a door: people who walk fast may be missed. Use at least ${reliableFps}.`;
    }
    case "few_frames_reached": {
      const reached = formatDecimal(fps);
      return t`The edge box analyses ${reached} frames per second. At a door, people are missed below ${reliableFps}: use a smaller model, or give the edge box fewer cameras.`;
    }
    default:
      return message;
  }
}
