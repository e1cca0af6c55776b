import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { queryOptions } from "@tanstack/react-query";

/** Fetches how much of the open time the cameras have observed. It changes slowly. */
export function coverageQuery(admin: AdminApi) {
  return queryOptions({
    queryKey: ["coverage"],
    queryFn: ({ signal }) => unwrap(admin.GET("/admin/health/coverage", { signal })),
    refetchInterval: 5 * 60_000,
    staleTime: 60_000,
  });
}
