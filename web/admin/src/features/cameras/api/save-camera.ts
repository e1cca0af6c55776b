import type { AdminApi, CameraChange, CameraCreate } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

export function useCreateCamera(admin: AdminApi, storeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (camera: CameraCreate) =>
      dataOf(
        admin.POST("/admin/stores/{store_id}/cameras", {
          params: { path: { store_id: storeId } },
          body: camera,
        }),
      ),
    onSuccess: () => queries.invalidateQueries(),
  });
}

export function useChangeCamera(admin: AdminApi, cameraId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: CameraChange) =>
      dataOf(
        admin.PATCH("/admin/cameras/{camera_id}", {
          params: { path: { camera_id: cameraId } },
          body: change,
        }),
      ),
    onSuccess: () => queries.invalidateQueries(),
  });
}
