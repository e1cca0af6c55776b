import { t } from "@lingui/core/macro";
import type { Period } from "@metrica/client/owner.ts";
import type { calendarPeriods } from "./search.ts";

/** Returns the name of a period in the control: `Day`. */
export function periodLabel(period: (typeof calendarPeriods)[number]): string {
  const labels = { day: t`Day`, week: t`Week`, month: t`Month`, quarter: t`Quarter`, year: t`Year` };
  return labels[period];
}

/** Returns the name of the period of today: `This week`. */
export function currentPeriodLabel(period: Period): string {
  const labels: Record<Period, string> = {
    day: t`Today`,
    week: t`This week`,
    month: t`This month`,
    quarter: t`This quarter`,
    year: t`This year`,
    last7: t`Last 7 days`,
    last28: t`Last 28 days`,
    range: t`Today`,
  };
  return labels[period];
}

/** Returns the name of the step to the period before (`-1`) or after: `Previous week`. */
export function stepLabel(period: Period, direction: -1 | 1): string {
  const previous: Record<Period, string> = {
    day: t`Previous day`,
    week: t`Previous week`,
    month: t`Previous month`,
    quarter: t`Previous quarter`,
    year: t`Previous year`,
    last7: t`Previous 7 days`,
    last28: t`Previous 28 days`,
    range: t`Previous days`,
  };
  const next: Record<Period, string> = {
    day: t`Next day`,
    week: t`Next week`,
    month: t`Next month`,
    quarter: t`Next quarter`,
    year: t`Next year`,
    last7: t`Next 7 days`,
    last28: t`Next 28 days`,
    range: t`Next days`,
  };
  return direction < 0 ? previous[period] : next[period];
}
