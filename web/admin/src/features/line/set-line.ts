import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Line } from "./geometry.ts";

/** Sets a camera's counting line; the edge box takes it up with its next heartbeat. */
export function useSetLine(admin: AdminApi, cameraId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (line: Line) =>
      dataOf(
        admin.PUT("/admin/cameras/{camera_id}/line", {
          params: { path: { camera_id: cameraId } },
          body: { line: [...line] },
        }),
      ),
    onSuccess: (camera) => queries.setQueryData(["camera", cameraId], camera),
  });
}
