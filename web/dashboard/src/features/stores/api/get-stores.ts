import type { OwnerApi } from "@metrica/client/owner.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions } from "@tanstack/react-query";

/** My stores at a glance; asked again every ten seconds while the page is looked at. */
export function storesQuery(owner: OwnerApi) {
  return queryOptions({
    queryKey: ["stores"],
    queryFn: ({ signal }) => dataOf(owner.GET("/stores", { signal })),
    refetchInterval: 10_000,
  });
}
