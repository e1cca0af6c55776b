import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Line } from "../geometry.ts";

/**
 * Sets the counting line of a camera unless somebody has changed the camera since the state of `etag`: the API responds with 412 then.
 * The edge box applies the line after its next heartbeat.
 */
export function useSetLine(admin: AdminApi, cameraId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ line, etag }: { line: Line; etag: string }) =>
      unwrap(
        admin.PUT("/admin/cameras/{camera_id}/line", {
          params: { path: { camera_id: cameraId }, header: { "If-Match": etag } },
          body: { line: [...line] },
        }),
      ),
    onSuccess: (camera) => {
      queryClient.setQueryData(["camera", cameraId], camera);
      return Promise.all([
        queryClient.invalidateQueries({ queryKey: ["cameras", camera.store_id] }),
        queryClient.invalidateQueries({ queryKey: ["crossings", cameraId] }),
      ]);
    },
    onError: () => queryClient.invalidateQueries({ queryKey: ["camera", cameraId] }),
  });
}
