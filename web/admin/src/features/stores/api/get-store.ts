import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { queryOptions } from "@tanstack/react-query";

export function storeQuery(admin: AdminApi, storeId: string) {
  return queryOptions({
    queryKey: ["store", storeId],
    queryFn: ({ signal }) =>
      unwrap(admin.GET("/admin/stores/{store_id}", { params: { path: { store_id: storeId } }, signal })),
  });
}
