import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { infiniteQueryOptions } from "@tanstack/react-query";
import type { AuditSearch } from "../search.ts";

/** Fetches the audit log in pages, newest first. */
export function auditQuery(admin: AdminApi, { store, actor, action }: AuditSearch) {
  return infiniteQueryOptions({
    queryKey: ["audit", store, actor, action],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
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
