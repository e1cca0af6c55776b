import { unwrap } from "@metrica/client/api-client.ts";
import type { OwnerApi, ReportPeriod, ReportPreview } from "@metrica/client/owner.ts";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

/** A report as it is sent: of the period that contains `date`, or of the last one that is due. */
export function previewQuery(owner: OwnerApi, storeId: string, period: ReportPeriod, date?: string) {
  return queryOptions({
    queryKey: ["report-preview", storeId, period, date ?? null],
    queryFn: async ({ signal }): Promise<ReportPreview> => {
      const report = await unwrap(
        owner.GET("/reports/preview", {
          params: { query: { store_id: storeId, period, ...(date === undefined ? {} : { date }) } },
          signal,
        }),
      );
      if (typeof report === "string") throw new TypeError("The preview must be JSON.");
      return report;
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
