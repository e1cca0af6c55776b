import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { queryOptions } from "@tanstack/react-query";

/** Fetches the status of all cameras. It is refetched every ten seconds while the page is visible. */
export function healthQuery(admin: AdminApi) {
  return queryOptions({
    queryKey: ["health"],
    queryFn: ({ signal }) => unwrap(admin.GET("/admin/health", { signal })),
    refetchInterval: 10_000,
  });
}
