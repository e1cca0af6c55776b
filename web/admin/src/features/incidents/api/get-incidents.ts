import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { queryOptions } from "@tanstack/react-query";

/** Fetches the open incidents of a store. */
export function openIncidentsQuery(admin: AdminApi, storeId: string) {
  return queryOptions({
    queryKey: ["incidents", storeId],
    queryFn: ({ signal }) =>
      unwrap(admin.GET("/admin/incidents", { params: { query: { store_id: storeId } }, signal })),
    refetchInterval: 30_000,
  });
}
