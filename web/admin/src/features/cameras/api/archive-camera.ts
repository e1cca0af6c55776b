import type { AdminApi, Camera } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Archives a camera as it is shown. If somebody else has changed it, nothing is archived and the page shows the present camera. */
export function useArchiveCamera(admin: AdminApi, { camera_id, etag }: Camera) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(
        admin.POST("/admin/cameras/{camera_id}/archive", {
          params: { path: { camera_id }, header: { "If-Match": etag } },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
