import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions } from "@tanstack/react-query";

/** The cameras of a store, archived ones too, oldest first. */
export function camerasQuery(admin: AdminApi, storeId: string) {
  return queryOptions({
    queryKey: ["cameras", storeId],
    queryFn: ({ signal }) =>
      dataOf(
        admin.GET("/admin/stores/{store_id}/cameras", {
          params: { path: { store_id: storeId }, query: { include_archived: true } },
          signal,
        }),
      ),
    refetchInterval: 10_000,
  });
}
