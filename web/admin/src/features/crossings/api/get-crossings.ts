import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { queryOptions } from "@tanstack/react-query";
import { type CrossingFeed, mergeCrossings } from "../feed.ts";

/** Follows the crossings of a camera: every two seconds the page asks for those that were stored since. */
export function crossingsQuery(admin: AdminApi, cameraId: string) {
  return queryOptions({
    queryKey: ["crossings", cameraId],
    queryFn: async ({ client, queryKey, signal }): Promise<CrossingFeed> => {
      const known = client.getQueryData<CrossingFeed>(queryKey);
      const response = await unwrap(
        admin.GET("/admin/cameras/{camera_id}/crossings", {
          params: {
            path: { camera_id: cameraId },
            query: known === undefined ? {} : { after: known.nextAfter },
          },
          signal,
        }),
      );
      return mergeCrossings(known, response);
    },
    refetchInterval: 2000,
  });
}
