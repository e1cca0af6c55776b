import { t } from "@lingui/core/macro";
import type { ReportPeriod } from "@metrica/client/owner.ts";

/** Returns the name of a report. */
export function reportName(period: ReportPeriod): string {
  const names: Record<ReportPeriod, string> = {
    day: t`Daily report`,
    week: t`Weekly report`,
    month: t`Monthly report`,
  };
  return names[period];
}

/** Returns what a report is about, and when it is sent. */
export function reportDescription(period: ReportPeriod): string {
  const descriptions: Record<ReportPeriod, string> = {
    day: t`Yesterday, every morning at 7`,
    week: t`The last week, in the morning after it`,
    month: t`The last month, in the morning after it`,
  };
  return descriptions[period];
}
