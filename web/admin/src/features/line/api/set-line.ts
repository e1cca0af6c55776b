import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Line } from "../geometry.ts";

/** Sets the counting line of a camera. The edge box applies it after its next heartbeat. */
export function useSetLine(admin: AdminApi, cameraId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (line: Line) =>
      unwrap(
        admin.PUT("/admin/cameras/{camera_id}/line", {
          params: { path: { camera_id: cameraId } },
          body: { line: [...line] },
        }),
      ),
    onSuccess: (camera) => queryClient.setQueryData(["camera", cameraId], camera),
  });
}
