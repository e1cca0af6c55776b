import { plural, select, t } from "@lingui/core/macro";
import type { Dashboard } from "@metrica/client/owner.ts";
import { formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { formatTime } from "@metrica/ui/format/time.ts";
import { addDays, weekdayName } from "./calendar.ts";
import { baselineLabel, dashboardSpan } from "./comparison.ts";

/**
 * Returns one sentence about a period: `312 visitors by 15:00, 8% more than last Tuesday (290); the busiest hour was 12–13.` Without
 * data, it says so. It has a comparison only when the API compares.
 */
export function summarizePeriod(dashboard: Dashboard): string {
  const { value } = dashboard.kpis.visitors;
  if (value === null) {
    return dashboard.window.in_progress ? t`No visitors were observed yet.` : t`No visitors were observed.`;
  }
  const visitors = visitorsUntilNow(value, dashboard);
  const comparison = compareVisitors(dashboard);
  const hour = busiestHour(dashboard);
  if (comparison !== null && hour !== null) return t`${visitors}, ${comparison}; ${hour}.`;
  if (comparison !== null) return t`${visitors}, ${comparison}.`;
  return hour !== null ? t`${visitors}; ${hour}.` : t`${visitors}.`;
}

/** `312 visitors by 15:00` */
function visitorsUntilNow(visitors: number, { interval, window, timezone }: Dashboard): string {
  if (!window.in_progress) return plural(visitors, { one: "# visitor", other: "# visitors" });
  if (interval !== "hour") return plural(visitors, { one: "# visitor so far", other: "# visitors so far" });
  const time = formatTime(window.until, timezone);
  return plural(visitors, { one: `# visitor by ${time}`, other: `# visitors by ${time}` });
}

/** `8% more than last Tuesday (290)`; null without a change. */
function compareVisitors(dashboard: Dashboard): string | null {
  const { change, baseline, comparable, value } = dashboard.kpis.visitors;
  if (change === null || baseline === null) return null;
  const percent = formatShare(Math.abs(change));
  const sign = percent === formatShare(0) ? "same" : change > 0 ? "more" : "fewer";
  const comparison = compareWithPeriod(dashboard, sign, percent, formatCount(baseline));
  if (comparison === null || comparable === value) return comparison;
  return t`${comparison} on comparable days`;
}

type Sign = "same" | "more" | "fewer";

/** Returns the comparison with the compared period, which has a name of its own near today; null without one. */
function compareWithPeriod(dashboard: Dashboard, sign: Sign, percent: string, count: string): string | null {
  const { compare, period, window } = dashboard;
  const label = baselineLabel(dashboard);
  if (compare === null || label === null) return null;
  const { start } = dashboardSpan(dashboard);
  const weekday = weekdayName(compare.date);
  if (period === "day" && window.in_progress && compare.date === addDays(start, -7))
    return select(sign, {
      same: `about as many as last ${weekday} (${count})`,
      more: `${percent} more than last ${weekday} (${count})`,
      other: `${percent} fewer than last ${weekday} (${count})`,
    });
  if (period === "day" && window.in_progress && compare.date === addDays(start, -1))
    return select(sign, {
      same: `about as many as yesterday (${count})`,
      more: `${percent} more than yesterday (${count})`,
      other: `${percent} fewer than yesterday (${count})`,
    });
  if (period === "week" && window.in_progress && compare.mode === "previous")
    return select(sign, {
      same: `about as many as last week (${count})`,
      more: `${percent} more than last week (${count})`,
      other: `${percent} fewer than last week (${count})`,
    });
  if (period === "day")
    return select(sign, {
      same: `about as many as on ${label} (${count})`,
      more: `${percent} more than on ${label} (${count})`,
      other: `${percent} fewer than on ${label} (${count})`,
    });
  if (period === "week")
    return select(sign, {
      same: `about as many as in the ${label} (${count})`,
      more: `${percent} more than in the ${label} (${count})`,
      other: `${percent} fewer than in the ${label} (${count})`,
    });
  return select(sign, {
    same: `about as many as in ${label} (${count})`,
    more: `${percent} more than in ${label} (${count})`,
    other: `${percent} fewer than in ${label} (${count})`,
  });
}

/** `the busiest hour was 12–13`; null without an hour. */
function busiestHour({ kpis, interval }: Dashboard): string | null {
  const { hour, visitors_per_hour } = kpis.peak_hour;
  if (hour === null || !visitors_per_hour) return null;
  const range = `${hour}–${hour + 1}`;
  return interval === "hour" ? t`the busiest hour was ${range}` : t`the busiest hour of the day was ${range}`;
}
