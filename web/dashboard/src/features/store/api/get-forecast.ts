import type { OwnerApi } from "@metrica/client/owner.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions } from "@tanstack/react-query";

/** What is expected of the rest of today and of the days after; asked again every five minutes. */
export function forecastQuery(owner: OwnerApi, storeId: string) {
  return queryOptions({
    queryKey: ["forecast", storeId],
    queryFn: ({ signal }) =>
      dataOf(owner.GET("/stores/{store_id}/forecast", { params: { path: { store_id: storeId } }, signal })),
    staleTime: 5 * 60_000,
    refetchInterval: 5 * 60_000,
  });
}
