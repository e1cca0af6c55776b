import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions } from "@tanstack/react-query";

/** Every store there ever was, archived ones too, by name. */
export function storesQuery(admin: AdminApi) {
  return queryOptions({
    queryKey: ["stores"],
    queryFn: ({ signal }) =>
      dataOf(admin.GET("/admin/stores", { params: { query: { include_archived: true } }, signal })),
  });
}
