import { unwrap } from "@metrica/client/api-client.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import { queryOptions } from "@tanstack/react-query";

/** Fetches the stores of the user. They are refetched every ten seconds while the page is visible. */
export function storesQuery(owner: OwnerApi) {
  return queryOptions({
    queryKey: ["stores"],
    queryFn: ({ signal }) => unwrap(owner.GET("/stores", { signal })),
    refetchInterval: 10_000,
  });
}

/** Fetches the stores of the user with the KPIs of the seven store-days that end with a date. */
export function storesOfPeriodQuery(owner: OwnerApi, date: string) {
  return queryOptions({
    queryKey: ["stores", "last7", date],
    queryFn: ({ signal }) =>
      unwrap(owner.GET("/stores", { params: { query: { period: "last7", date } }, signal })),
    staleTime: 5 * 60_000,
  });
}
