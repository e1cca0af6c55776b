import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

export function useArchiveCamera(admin: AdminApi, cameraId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      dataOf(admin.POST("/admin/cameras/{camera_id}/archive", { params: { path: { camera_id: cameraId } } })),
    onSuccess: () => queries.invalidateQueries(),
  });
}
