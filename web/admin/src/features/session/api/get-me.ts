import type { OwnerApi } from "@metrica/client/owner.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions } from "@tanstack/react-query";

export function meQuery(owner: OwnerApi) {
  return queryOptions({
    queryKey: ["me"],
    queryFn: ({ signal }) => dataOf(owner.GET("/me", { signal })),
    staleTime: 5 * 60_000,
  });
}
