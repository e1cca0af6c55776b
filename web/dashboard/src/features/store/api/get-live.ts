import type { OwnerApi } from "@metrica/client/owner.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions } from "@tanstack/react-query";

/** The store now; asked again every three seconds while the page is looked at. */
export function liveQuery(owner: OwnerApi, storeId: string) {
  return queryOptions({
    queryKey: ["live", storeId],
    queryFn: ({ signal }) =>
      dataOf(owner.GET("/live/{store_id}", { params: { path: { store_id: storeId } }, signal })),
    refetchInterval: 3000,
  });
}
