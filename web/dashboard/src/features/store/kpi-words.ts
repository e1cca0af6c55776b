import type { Dashboard, KpiNote } from "@metrica/client/owner.ts";
import { clockTime } from "@metrica/ui/format/time.ts";
import { shortPeriodName } from "./calendar.ts";

/** Why a number, or its change, is missing or to be read with care. */
export const noteWords: Record<KpiNote, string> = {
  not_observed: "Nothing was observed",
  partially_observed: "Only partly observed",
  baseline_not_observed: "Nothing observed to compare with",
  baseline_partially_observed: "Compared period only partly observed",
  no_visitors: "No visitors yet",
  no_exits: "Nobody has left yet",
  pending: "Crossings may still arrive",
};

/** What the period is compared with, in few words: `Sun 15 Nov`; null when it is compared with nothing. */
export function baselineName({
  compare,
  period,
  date,
}: Pick<Dashboard, "compare" | "period" | "date">): string | null {
  return compare === null ? null : shortPeriodName(period, compare.date, date);
}

/** The sentence about the comparison under the period's name. */
export function comparisonWords(dashboard: Dashboard): string | null {
  const name = baselineName(dashboard);
  if (name === null) return null;
  if (!dashboard.window.in_progress) return `Compared with ${name}`;
  if (dashboard.period === "day") {
    return `Compared with ${name} up to ${clockTime(dashboard.window.until, dashboard.timezone)}`;
  }
  return `Compared with ${name} up to the same moment`;
}
