import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { queryOptions } from "@tanstack/react-query";

/** Fetches the countries and regions whose public holidays are known. They change with a release only. */
export function holidayCountriesQuery(admin: AdminApi) {
  return queryOptions({
    queryKey: ["holiday-countries"],
    queryFn: ({ signal }) => unwrap(admin.GET("/admin/holiday-countries", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
