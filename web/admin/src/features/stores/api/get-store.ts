import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions } from "@tanstack/react-query";

export function storeQuery(admin: AdminApi, storeId: string) {
  return queryOptions({
    queryKey: ["store", storeId],
    queryFn: ({ signal }) =>
      dataOf(admin.GET("/admin/stores/{store_id}", { params: { path: { store_id: storeId } }, signal })),
  });
}
