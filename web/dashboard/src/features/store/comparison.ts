import type { Dashboard } from "@metrica/client/owner.ts";
import { formatTime } from "@metrica/ui/format/time.ts";
import { formatShortPeriod } from "./calendar.ts";

/** Returns the short name of the compared period: `Sun 15 Nov`; null without a comparison. */
export function baselineLabel({
  compare,
  period,
  date,
  first_weekday,
}: Pick<Dashboard, "compare" | "period" | "date" | "first_weekday">): string | null {
  return compare === null ? null : formatShortPeriod(period, compare.date, date, first_weekday);
}

/** Returns the description of the comparison: `Compared with Sun 15 Nov until 14:30`; null without a comparison. */
export function comparisonLabel(dashboard: Dashboard): string | null {
  const baseline = baselineLabel(dashboard);
  if (baseline === null) return null;
  if (!dashboard.window.in_progress) return `Compared with ${baseline}`;
  if (dashboard.period === "day") {
    return `Compared with ${baseline} until ${formatTime(dashboard.window.until, dashboard.timezone)}`;
  }
  return `Compared with ${baseline} until the same time`;
}
