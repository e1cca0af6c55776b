import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { queryOptions } from "@tanstack/react-query";

/** Fetches all stores, archived ones included, by name. */
export function storesQuery(admin: AdminApi) {
  return queryOptions({
    queryKey: ["stores"],
    queryFn: ({ signal }) =>
      unwrap(admin.GET("/admin/stores", { params: { query: { include_archived: true } }, signal })),
  });
}
