import { unwrap } from "@metrica/client/api-client.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import { queryOptions } from "@tanstack/react-query";

export function meQuery(owner: OwnerApi) {
  return queryOptions({
    queryKey: ["me"],
    queryFn: ({ signal }) => unwrap(owner.GET("/me", { signal })),
    staleTime: 5 * 60_000,
  });
}
