import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { infiniteQueryOptions } from "@tanstack/react-query";
import type { AuditSearch } from "../search.ts";

/** The audit log, newest first, page by page. */
export function auditQuery(admin: AdminApi, { store, actor, action }: AuditSearch) {
  return infiniteQueryOptions({
    queryKey: ["audit", store, actor, action],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        admin.GET("/admin/audit", {
          params: {
            query: {
              ...(pageParam === null ? {} : { before: pageParam }),
              ...(store === undefined ? {} : { store_id: store }),
              ...(actor === undefined ? {} : { actor_id: actor }),
              ...(action === undefined ? {} : { action }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next_before,
  });
}
