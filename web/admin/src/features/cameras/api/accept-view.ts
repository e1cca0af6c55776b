import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

export function useAcceptView(admin: AdminApi, cameraId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(
        admin.POST("/admin/cameras/{camera_id}/accept-view", {
          params: { path: { camera_id: cameraId } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
