import type { Dashboard, OwnerApi } from "@metrica/client/owner.ts";
import { dataOf } from "@metrica/client/transport.ts";

/** The visitors and exits of a period as a file for a spreadsheet: hours of a day, days of a week or month. */
export async function getFootfallCsv(owner: OwnerApi, dashboard: Dashboard): Promise<File> {
  const { store_id, period, date, window } = dashboard;
  const text = await dataOf(
    owner.GET("/stores/{store_id}/footfall", {
      params: {
        path: { store_id },
        query: {
          from: window.start,
          to: window.end,
          interval: period === "day" ? "hour" : "day",
          format: "csv",
        },
      },
      parseAs: "text",
    }),
  );
  return new File([text], `footfall-${period}-${date}.csv`, { type: "text/csv" });
}
