import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions } from "@tanstack/react-query";

export function camerasQuery(admin: AdminApi, storeId: string) {
  return queryOptions({
    queryKey: ["cameras", storeId],
    queryFn: ({ signal }) =>
      dataOf(
        admin.GET("/admin/stores/{store_id}/cameras", { params: { path: { store_id: storeId } }, signal }),
      ),
    refetchInterval: 10_000,
  });
}
