import { unwrap } from "@metrica/client/api-client.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import { queryOptions } from "@tanstack/react-query";

/** Fetches the live occupancy of a store. It is refetched every three seconds while the page is visible. */
export function liveQuery(owner: OwnerApi, storeId: string) {
  return queryOptions({
    queryKey: ["live", storeId],
    queryFn: ({ signal }) =>
      unwrap(owner.GET("/live/{store_id}", { params: { path: { store_id: storeId } }, signal })),
    refetchInterval: 3000,
  });
}
