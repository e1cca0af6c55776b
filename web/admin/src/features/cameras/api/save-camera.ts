import type { AdminApi, CameraChange, CameraCreate } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

export function useCreateCamera(admin: AdminApi, storeId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (camera: CameraCreate) =>
      unwrap(
        admin.POST("/admin/stores/{store_id}/cameras", {
          params: { path: { store_id: storeId } },
          body: camera,
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

export function useChangeCamera(admin: AdminApi, cameraId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: CameraChange) =>
      unwrap(
        admin.PATCH("/admin/cameras/{camera_id}", {
          params: { path: { camera_id: cameraId } },
          body: change,
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
