import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { queryOptions } from "@tanstack/react-query";

/** Fetches the cameras of a store, archived ones included, oldest first. */
export function camerasQuery(admin: AdminApi, storeId: string) {
  return queryOptions({
    queryKey: ["cameras", storeId],
    queryFn: ({ signal }) =>
      unwrap(
        admin.GET("/admin/stores/{store_id}/cameras", {
          params: { path: { store_id: storeId }, query: { include_archived: true } },
          signal,
        }),
      ),
    refetchInterval: 10_000,
  });
}
