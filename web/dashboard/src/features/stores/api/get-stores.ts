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

/** Fetches the stores of the user with today so far beside the same weekday of last week. They are refetched every minute. */
export function storesOfTodayQuery(owner: OwnerApi) {
  return queryOptions({
    queryKey: ["stores", "today"],
    queryFn: ({ signal }) =>
      unwrap(owner.GET("/stores", { params: { query: { period: "day", compare: "previous" } }, signal })),
    refetchInterval: 60_000,
  });
}

/** Fetches the stores of the user with the KPIs of the seven store-days that end with a date, beside the seven days before. */
export function storesOfWeekQuery(owner: OwnerApi, date: string) {
  return queryOptions({
    queryKey: ["stores", "last7", date],
    queryFn: ({ signal }) =>
      unwrap(
        owner.GET("/stores", { params: { query: { period: "last7", date, compare: "previous" } }, signal }),
      ),
    staleTime: 5 * 60_000,
  });
}
