import { unwrap } from "@metrica/client/api-client.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import { queryOptions } from "@tanstack/react-query";

/** Fetches the forecast for the rest of today and the next days. It is refetched every five minutes, after a failure sooner. */
export function forecastQuery(owner: OwnerApi, storeId: string) {
  return queryOptions({
    queryKey: ["forecast", storeId],
    queryFn: ({ signal }) =>
      unwrap(owner.GET("/stores/{store_id}/forecast", { params: { path: { store_id: storeId } }, signal })),
    staleTime: 5 * 60_000,
    refetchInterval: ({ state }) => (state.status === "error" ? 15_000 : 5 * 60_000),
  });
}
