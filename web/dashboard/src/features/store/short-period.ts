import { t } from "@lingui/core/macro";
import type { Period } from "@metrica/client/owner.ts";
import { addDays, type DaySpan, formatDate, formatRange, type PlainDate } from "./calendar.ts";

/**
 * Returns a short name: `Sun 15 Nov`, `week of 9 Nov`, `October`, `Jul – Sept`, `11–17 Nov`. It has the year if that is not the year
 * of `near`.
 */
export function formatShortPeriod(period: Period, span: DaySpan, near: PlainDate): string {
  const { start } = span;
  const sameYear = start.slice(0, 4) === near.slice(0, 4);
  const year = sameYear ? {} : ({ year: "numeric" } as const);
  if (period === "year") return start.slice(0, 4);
  if (period === "month") return formatDate({ month: "long", ...year }, start);
  const last = addDays(span.end, -1);
  if (period === "quarter") return formatRange({ month: "short", ...year }, start, last);
  const day = formatDate({ day: "numeric", month: "short", ...year }, start);
  if (period === "week") return t`week of ${day}`;
  if (start === last) return formatDate({ weekday: "short", day: "numeric", month: "short", ...year }, start);
  return formatRange({ day: "numeric", month: "short", ...year }, start, last);
}
