import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

/** Where the picture of `snapshotAt` can be fetched; the address holds for some minutes, hence the stale time. */
export function snapshotQuery(admin: AdminApi, cameraId: string, snapshotAt: string) {
  return queryOptions({
    queryKey: ["snapshot", cameraId, snapshotAt],
    queryFn: ({ signal }) =>
      dataOf(
        admin.GET("/admin/cameras/{camera_id}/snapshot", {
          params: { path: { camera_id: cameraId } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
}

/** Asks the edge box for a new picture; it comes with one of its next heartbeats. */
export function useRequestSnapshot(admin: AdminApi, cameraId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      dataOf(
        admin.POST("/admin/cameras/{camera_id}/snapshot-request", {
          params: { path: { camera_id: cameraId } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["camera", cameraId] }),
  });
}
