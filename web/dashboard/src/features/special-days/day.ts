import { t } from "@lingui/core/macro";
import type { CalendarDay } from "@metrica/client/owner.ts";
import { formatTimeRanges } from "@metrica/ui/opening-hours.ts";

/** Returns the opening hours of a date in words. */
export function describeHours({ opening_hours }: Pick<CalendarDay, "opening_hours">): string {
  if (opening_hours.length === 0) return t`Closed`;
  const text = formatTimeRanges(opening_hours);
  return text === "00:00–24:00" ? t`Open all day` : text;
}

/** Whether a person has set opening hours or a note for a date. */
export function isSpecial({ hours_from, note }: CalendarDay): boolean {
  return hours_from === "special_day" || note !== null;
}

/** Whether a date differs from its weekday, or has a holiday or a note. */
export function isNotable(day: CalendarDay): boolean {
  return isSpecial(day) || day.public_holiday !== null;
}
