import { unwrap } from "@metrica/client/api-client.ts";
import type { Dashboard, OwnerApi } from "@metrica/client/owner.ts";

/** Fetches the visitors and exits of a period as a CSV file: by hour for a day, by day for a longer period. */
export async function getFootfallCsv(owner: OwnerApi, dashboard: Dashboard): Promise<File> {
  const { store_id, period, date, interval, window } = dashboard;
  const text = await unwrap(
    owner.GET("/stores/{store_id}/footfall", {
      params: {
        path: { store_id },
        query: {
          from: window.start,
          to: window.end,
          interval: interval === "hour" ? "hour" : "day",
          format: "csv",
        },
      },
      parseAs: "text",
    }),
  );
  return new File([text], `footfall-${period}-${date}.csv`, { type: "text/csv" });
}
