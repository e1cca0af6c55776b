import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions } from "@tanstack/react-query";

export function cameraQuery(admin: AdminApi, cameraId: string) {
  return queryOptions({
    queryKey: ["camera", cameraId],
    queryFn: ({ signal }) =>
      dataOf(admin.GET("/admin/cameras/{camera_id}", { params: { path: { camera_id: cameraId } }, signal })),
    refetchInterval: 5000,
  });
}
