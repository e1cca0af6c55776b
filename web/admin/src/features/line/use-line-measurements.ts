import type { Camera } from "@metrica/client/admin.ts";
import { useQuery } from "@tanstack/react-query";
import { healthQuery } from "#features/health/api/get-health.ts";
import { useServices } from "#shared/services.ts";
import { trackEndsQuery } from "./api/get-track-ends.ts";
import { type LineMeasurements, nothingMeasured } from "./line-warnings.ts";

/** Returns what the edge box of a camera measures near its line. Of a camera that is not online the last numbers say nothing. */
export function useLineMeasurements(camera: Camera): LineMeasurements {
  const { admin } = useServices();
  const health = useQuery(healthQuery(admin));
  const ends = useQuery(trackEndsQuery(admin, camera.camera_id));
  const reported = health.data?.stores
    .flatMap((store) => store.cameras)
    .find(({ camera_id }) => camera_id === camera.camera_id);
  const trackEnds = ends.data?.points ?? nothingMeasured.trackEnds;
  if (reported?.status !== "online") return { ...nothingMeasured, trackEnds };
  return { personHeight: reported.person_height, trackEnds };
}
