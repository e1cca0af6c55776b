import type { Camera } from "@metrica/client/admin.ts";
import { Alert, AlertDescription, AlertTitle } from "@metrica/ui/components/ui/alert.tsx";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { healthQuery } from "#features/health/api/get-health.ts";
import { useServices } from "#shared/services.ts";
import { openIncidentsQuery } from "./api/get-incidents.ts";

/**
 * What is wrong with a camera now and what to do, in the words of the API: the problems from its last heartbeat, and its open incidents.
 * Nothing while all is well.
 */
export function CameraTroubles({ camera }: { camera: Camera }) {
  const { admin } = useServices();
  const health = useQuery(healthQuery(admin));
  const incidents = useQuery(openIncidentsQuery(admin, camera.store_id));
  const now = useNow();
  const reported = health.data?.stores
    .flatMap((store) => store.cameras)
    .find(({ camera_id }) => camera_id === camera.camera_id);
  const problems = reported?.problems ?? [];
  const known = new Set<string>(problems.map(({ type }) => type));
  const opened = (incidents.data?.incidents ?? []).filter(
    ({ camera_id, type }) => camera_id === camera.camera_id && !known.has(type),
  );
  const troubles = [...problems, ...opened];
  const isOffline = camera.status === "offline";
  if (troubles.length === 0 && !isOffline) return null;
  return (
    <Alert data-testid="camera-troubles" variant="warning">
      <AlertTitle>
        {isOffline
          ? `Offline: the last heartbeat arrived ${formatRelativeTime(camera.last_seen_at, now)}.`
          : "The edge box reports a problem."}
      </AlertTitle>
      <AlertDescription>
        {isOffline && opened.every(({ type }) => type !== "camera_offline") && (
          <p>
            Check that the edge box has power and network, and run metrica-edge doctor on it: it names the
            cause.
          </p>
        )}
        {troubles.length > 0 && (
          <ul className="grid gap-1">
            {troubles.map(({ type, detail, remedy }) => (
              <li data-problem={type} key={type}>
                {detail} {remedy}
              </li>
            ))}
          </ul>
        )}
      </AlertDescription>
    </Alert>
  );
}
