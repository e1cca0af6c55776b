import { t } from "@lingui/core/macro";
import type { Dashboard } from "@metrica/client/owner.ts";
import { formatTime } from "@metrica/ui/format/time.ts";
import { addDays, countDays, type DaySpan, periodSpan } from "./calendar.ts";
import { formatShortPeriod } from "./short-period.ts";

/** Returns the days of a dashboard. A store-day begins on its own date. */
export function dashboardSpan({ window }: Pick<Dashboard, "window">): DaySpan {
  return { start: window.start.slice(0, 10), end: window.end.slice(0, 10) };
}

type Compared = Pick<Dashboard, "compare" | "period" | "window" | "first_weekday">;

/** Returns the short name of the compared period: `Sun 15 Nov`; null without a comparison. */
export function baselineLabel(dashboard: Compared): string | null {
  const { compare, period, first_weekday } = dashboard;
  if (compare === null) return null;
  const shown = dashboardSpan(dashboard);
  const { date } = compare;
  const span =
    period === "month" || period === "quarter" || period === "year"
      ? periodSpan(period, date, first_weekday)
      : { start: date, end: addDays(date, countDays(shown)) };
  return formatShortPeriod(period, span, shown.start);
}

/** Returns the description of the comparison: `Compared with Sun 15 Nov until 14:30`; null without a comparison. */
export function comparisonLabel(dashboard: Dashboard): string | null {
  const baseline = baselineLabel(dashboard);
  if (baseline === null) return null;
  if (!dashboard.window.in_progress) return t`Compared with ${baseline}`;
  if (dashboard.interval === "hour") {
    const time = formatTime(dashboard.window.until, dashboard.timezone);
    return t`Compared with ${baseline} until ${time}`;
  }
  return t`Compared with ${baseline} until the same time`;
}
