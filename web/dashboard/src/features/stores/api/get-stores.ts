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
