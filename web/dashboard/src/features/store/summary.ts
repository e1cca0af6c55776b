import type { Dashboard } from "@metrica/client/owner.ts";
import { formatCount, formatShare, pluralize } from "@metrica/ui/format/number.ts";
import { formatTime } from "@metrica/ui/format/time.ts";
import { addDays, weekdayName } from "./calendar.ts";
import { baselineLabel, dashboardSpan } from "./comparison.ts";

/**
 * Returns one sentence about a period: `312 visitors by 15:00, 8% more than last Tuesday (290); the busiest hour was 12–13.` Without
 * data, it says so. It has a comparison only when the API compares.
 */
export function summarizePeriod(dashboard: Dashboard): string {
  const { visitors } = dashboard.kpis;
  if (visitors.value === null) {
    return dashboard.window.in_progress ? "No visitors were observed yet." : "No visitors were observed.";
  }
  return `${pluralize(visitors.value, "visitor")}${soFar(dashboard)}${comparison(dashboard)}${busiestHour(dashboard)}.`;
}

function soFar({ interval, window, timezone }: Dashboard): string {
  if (!window.in_progress) return "";
  return interval === "hour" ? ` by ${formatTime(window.until, timezone)}` : " so far";
}

/** `, 8% more than last Tuesday (290)`; empty without a change. */
function comparison(dashboard: Dashboard): string {
  const { change, baseline, comparable, value } = dashboard.kpis.visitors;
  const name = comparedPeriodName(dashboard);
  if (name === null || change === null || baseline === null) return "";
  const days = comparable === value ? "" : " on comparable days";
  const percent = formatShare(Math.abs(change));
  const amount = percent === "0%" ? "about as many as" : `${percent} ${change > 0 ? "more" : "fewer"} than`;
  return `, ${amount} ${name} (${formatCount(baseline)})${days}`;
}

/** `last Tuesday`, `yesterday`, `last week`, or the short name of the compared period; null without a comparison. */
function comparedPeriodName(dashboard: Dashboard): string | null {
  const { compare, period, window } = dashboard;
  const label = baselineLabel(dashboard);
  if (compare === null || label === null) return null;
  if (period === "day" && window.in_progress) {
    const { start } = dashboardSpan(dashboard);
    if (compare.date === addDays(start, -7)) return `last ${weekdayName(compare.date)}`;
    if (compare.date === addDays(start, -1)) return "yesterday";
  }
  if (period === "week" && window.in_progress && compare.mode === "previous") return "last week";
  if (period === "day") return `on ${label}`;
  return period === "week" ? `in the ${label}` : `in ${label}`;
}

/** `; the busiest hour was 12–13`; empty without an hour. */
function busiestHour({ kpis, interval }: Dashboard): string {
  const { hour, visitors_per_hour } = kpis.peak_hour;
  if (hour === null || !visitors_per_hour) return "";
  const range = `${hour}–${hour + 1}`;
  return `; the busiest hour ${interval === "hour" ? "was" : "of the day was"} ${range}`;
}
