import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { queryOptions } from "@tanstack/react-query";

export function cameraQuery(admin: AdminApi, cameraId: string) {
  return queryOptions({
    queryKey: ["camera", cameraId],
    queryFn: ({ signal }) =>
      unwrap(admin.GET("/admin/cameras/{camera_id}", { params: { path: { camera_id: cameraId } }, signal })),
    refetchInterval: 5000,
  });
}
