import type { AdminApi, CountCheckCreate } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

/** The last hundred count checks of a camera, newest first. */
export function countChecksQuery(admin: AdminApi, cameraId: string) {
  return queryOptions({
    queryKey: ["count-checks", cameraId],
    queryFn: ({ signal }) =>
      dataOf(
        admin.GET("/admin/cameras/{camera_id}/count-checks", {
          params: { path: { camera_id: cameraId } },
          signal,
        }),
      ),
  });
}

export function useAddCountCheck(admin: AdminApi, cameraId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (check: CountCheckCreate) =>
      dataOf(
        admin.POST("/admin/cameras/{camera_id}/count-checks", {
          params: { path: { camera_id: cameraId } },
          body: check,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["count-checks", cameraId] }),
  });
}
