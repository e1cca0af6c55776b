import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import type { CityQuery } from "../city-query.ts";

/** Fetches the cities of a name, a country and a region, the likeliest first. */
export function getCities(admin: AdminApi, query: CityQuery, signal?: AbortSignal) {
  return unwrap(
    admin.GET("/admin/cities", { params: { query }, ...(signal === undefined ? {} : { signal }) }),
  );
}
