import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { Alert, AlertDescription, AlertTitle } from "@metrica/ui/components/ui/alert.tsx";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { describeIncident } from "@metrica/ui/incidents/incident-words.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { healthQuery } from "#features/health/api/get-health.ts";
import { storeQuery } from "#features/stores/api/get-store.ts";
import { useServices } from "#shared/services.ts";
import { openIncidentsQuery } from "./api/get-incidents.ts";

/**
 * What is wrong with a camera now and what to do: the problems from its last heartbeat, and its open incidents.
 * Nothing while all is well.
 */
export function CameraTroubles({ camera }: { camera: Camera }) {
  const { admin } = useServices();
  const health = useQuery(healthQuery(admin));
  const incidents = useQuery(openIncidentsQuery(admin, camera.store_id));
  const store = useQuery(storeQuery(admin, camera.store_id));
  const arrived = formatRelativeTime(camera.last_seen_at, useNow());
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
        {isOffline ? t`Offline: the last heartbeat arrived ${arrived}.` : t`The edge box reports a problem.`}
      </AlertTitle>
      <AlertDescription>
        {isOffline && opened.every(({ type }) => type !== "camera_offline") && (
          <p>
            <Trans>
              Check that the edge box has power and network, and run metrica-edge doctor on it: it names the
              cause.
            </Trans>
          </p>
        )}
        {troubles.length > 0 && (
          <ul className="grid gap-1">
            {troubles.map((trouble) => {
              const { detail, remedy } = describeIncident(
                trouble,
                store.data?.timezone ?? "UTC",
                "administrator",
              );
              return (
                <li data-problem={trouble.type} key={trouble.type}>
                  {detail} {remedy}
                </li>
              );
            })}
          </ul>
        )}
      </AlertDescription>
    </Alert>
  );
}
