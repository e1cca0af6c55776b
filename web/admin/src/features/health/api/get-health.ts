import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions } from "@tanstack/react-query";

/** Every camera of every store; asked again every ten seconds while the page is looked at. */
export function healthQuery(admin: AdminApi) {
  return queryOptions({
    queryKey: ["health"],
    queryFn: ({ signal }) => dataOf(admin.GET("/admin/health", { signal })),
    refetchInterval: 10_000,
  });
}
