import { unwrap } from "@metrica/client/api-client.ts";
import type { Footfall, OwnerApi } from "@metrica/client/owner.ts";
import { queryOptions } from "@tanstack/react-query";

/** Fetches the quarter-hours from one time to another. They are refetched every ten seconds until the last one is over. */
export function quarterHoursQuery(owner: OwnerApi, storeId: string, from: string, to: string) {
  return queryOptions({
    queryKey: ["quarter-hours", storeId, from, to],
    queryFn: async ({ signal }): Promise<Footfall> => {
      const footfall = await unwrap(
        owner.GET("/stores/{store_id}/footfall", {
          params: { path: { store_id: storeId }, query: { from, to, interval: "15m" } },
          signal,
        }),
      );
      if (typeof footfall === "string") throw new TypeError("The series is text instead of JSON.");
      return footfall;
    },
    refetchInterval: ({ state }) => (state.data?.rows.at(-1)?.state === "pending" ? 10_000 : false),
  });
}
