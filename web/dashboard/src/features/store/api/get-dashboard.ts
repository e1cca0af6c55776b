import { unwrap } from "@metrica/client/api-client.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import { queryOptions } from "@tanstack/react-query";
import type { View } from "../search.ts";

/**
 * Fetches the KPIs of a period. A period in progress is refetched every ten seconds. While another period of the same store
 * loads, the data of the previous one stays visible.
 */
export function dashboardQuery(owner: OwnerApi, storeId: string, view: View) {
  const { compare, match, ...days } = view;
  const query =
    days.period === "range"
      ? { from: days.from, to: days.to }
      : { period: days.period, ...(days.date === undefined ? {} : { date: days.date }) };
  return queryOptions({
    queryKey: ["dashboard", storeId, query, compare, match],
    queryFn: ({ signal }) =>
      unwrap(
        owner.GET("/dashboard/{store_id}", {
          params: {
            path: { store_id: storeId },
            query: { ...query, compare, match },
          },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.window.in_progress === false ? false : 10_000),
    placeholderData: (previousData, query) => (query?.queryKey[1] === storeId ? previousData : undefined),
  });
}
