import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { queryOptions } from "@tanstack/react-query";

/** Fetches where tracks ended near the line in the last hour. */
export function trackEndsQuery(admin: AdminApi, cameraId: string) {
  return queryOptions({
    queryKey: ["track-ends", cameraId],
    queryFn: ({ signal }) =>
      unwrap(
        admin.GET("/admin/cameras/{camera_id}/track-ends", {
          params: { path: { camera_id: cameraId } },
          signal,
        }),
      ),
    refetchInterval: 60_000,
  });
}
