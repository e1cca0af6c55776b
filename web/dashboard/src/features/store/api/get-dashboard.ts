import type { OwnerApi } from "@metrica/client/owner.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions } from "@tanstack/react-query";
import type { View } from "../search.ts";

/**
 * A period of a store. One in progress is asked again every ten seconds. While another period of the same store loads, the
 * one before stays on screen.
 */
export function dashboardQuery(owner: OwnerApi, storeId: string, view: View) {
  const { period, date, compare } = view;
  return queryOptions({
    queryKey: ["dashboard", storeId, period, date ?? "current", compare],
    queryFn: ({ signal }) =>
      dataOf(
        owner.GET("/dashboard/{store_id}", {
          params: {
            path: { store_id: storeId },
            query: { period, compare, ...(date === undefined ? {} : { date }) },
          },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.window.in_progress === false ? false : 10_000),
    placeholderData: (before, query) => (query?.queryKey[1] === storeId ? before : undefined),
  });
}
