import type { AdminApi, Camera } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

/** Fetches the URL of the snapshot of `snapshotAt`. The URL expires after some minutes, hence the stale time. */
function snapshotQuery(admin: AdminApi, cameraId: string, snapshotAt: string) {
  return queryOptions({
    queryKey: ["snapshot", cameraId, snapshotAt],
    queryFn: ({ signal }) =>
      unwrap(
        admin.GET("/admin/cameras/{camera_id}/snapshot", {
          params: { path: { camera_id: cameraId } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
}

/** Returns the URL of the latest snapshot; null without a snapshot and while the URL loads. */
export function useSnapshotUrl(admin: AdminApi, camera: Camera): string | null {
  const snapshot = useQuery({
    ...snapshotQuery(admin, camera.camera_id, camera.snapshot_at ?? ""),
    enabled: camera.snapshot_at !== null,
  });
  return snapshot.data?.url ?? null;
}

/** Requests a snapshot from the edge box. It arrives after one of the next heartbeats. */
export function useRequestSnapshot(admin: AdminApi, cameraId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(
        admin.POST("/admin/cameras/{camera_id}/snapshot-request", {
          params: { path: { camera_id: cameraId } },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ["camera", cameraId] }),
        queryClient.invalidateQueries({ queryKey: ["cameras"] }),
      ]),
  });
}
