import type { AdminApi, CountCheckCreate } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { createOnce } from "@metrica/client/create-once.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

/** Fetches the last 100 count checks of a camera, newest first. */
export function countChecksQuery(admin: AdminApi, cameraId: string) {
  return queryOptions({
    queryKey: ["count-checks", cameraId],
    queryFn: ({ signal }) =>
      unwrap(
        admin.GET("/admin/cameras/{camera_id}/count-checks", {
          params: { path: { camera_id: cameraId } },
          signal,
        }),
      ),
  });
}

export function useAddCountCheck(admin: AdminApi, cameraId: string) {
  const queryClient = useQueryClient();
  const create = useMemo(
    () =>
      createOnce((check: CountCheckCreate, key) =>
        unwrap(
          admin.POST("/admin/cameras/{camera_id}/count-checks", {
            params: { path: { camera_id: cameraId }, header: { "Idempotency-Key": key } },
            body: check,
          }),
        ),
      ),
    [admin, cameraId],
  );
  return useMutation({
    mutationFn: create,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["count-checks", cameraId] }),
  });
}
