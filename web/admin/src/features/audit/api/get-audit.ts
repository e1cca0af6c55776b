import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { infiniteQueryOptions } from "@tanstack/react-query";

/** The audit log, newest first, page by page. */
export function auditQuery(admin: AdminApi) {
  return infiniteQueryOptions({
    queryKey: ["audit"],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        admin.GET("/admin/audit", {
          params: { query: pageParam === null ? {} : { before: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next_before,
  });
}
