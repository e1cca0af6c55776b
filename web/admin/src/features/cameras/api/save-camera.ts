import type { AdminApi, CameraChange, CameraCreate } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { createOnce } from "@metrica/client/create-once.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

export function useCreateCamera(admin: AdminApi, storeId: string) {
  const queryClient = useQueryClient();
  const create = useMemo(
    () =>
      createOnce((camera: CameraCreate, key) =>
        unwrap(
          admin.POST("/admin/stores/{store_id}/cameras", {
            params: { path: { store_id: storeId }, header: { "Idempotency-Key": key } },
            body: camera,
          }),
        ),
      ),
    [admin, storeId],
  );
  return useMutation({
    mutationFn: create,
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

/** Changes a camera unless somebody has changed it since the state of `etag`: the API responds with 412 then. */
export function useChangeCamera(admin: AdminApi, cameraId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ change, etag }: { change: CameraChange; etag: string }) =>
      unwrap(
        admin.PATCH("/admin/cameras/{camera_id}", {
          params: { path: { camera_id: cameraId }, header: { "If-Match": etag } },
          body: change,
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
