import type { ReportPeriod } from "@metrica/client/owner.ts";
import { type PlainDate, parsePlainDate } from "#features/store/calendar.ts";

export const reportPeriods: readonly ReportPeriod[] = ["day", "week", "month"];

/** The search parameters of the reports of a store. */
export interface ReportsSearch {
  /** The kind of report of the preview; none without it. */
  preview?: ReportPeriod;
  /** A date of the previewed period; the last report that is due without it. */
  date?: PlainDate;
}

export function parseReportsSearch(search: Record<string, unknown>): ReportsSearch {
  const preview = reportPeriods.find((period) => period === search.preview);
  if (preview === undefined) return {};
  const date = parsePlainDate(search.date);
  return date === undefined ? { preview } : { preview, date };
}
