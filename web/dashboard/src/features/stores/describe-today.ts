import { select, t } from "@lingui/core/macro";
import type { StorePeriod } from "@metrica/client/owner.ts";
import { formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { formatLongWeekday, formatTime } from "@metrica/ui/format/time.ts";
import { noteLabel } from "#shared/note-labels.ts";

/**
 * Returns how today so far compares with the same weekday of last week: `8% more than last Thursday until 15:00 (290)`. Without a change
 * it says why, or that there were no visitors; null when nothing is compared.
 */
export function describeToday({ compare, until }: StorePeriod, timezone: string): string | null {
  if (compare === null) return null;
  const { change, baseline, note } = compare.visitors;
  if (note !== null && change === null) return noteLabel(note);
  const weekday = formatLongWeekday(`${compare.date}T00:00:00Z`, "UTC");
  const time = formatTime(until, timezone);
  if (change === null || baseline === null) return t`No visitors last ${weekday} until ${time}`;
  const percent = formatShare(Math.abs(change));
  const sign = percent === formatShare(0) ? "same" : change > 0 ? "more" : "fewer";
  const count = formatCount(baseline);
  return select(sign, {
    same: `About as many as last ${weekday} until ${time} (${count})`,
    more: `${percent} more than last ${weekday} until ${time} (${count})`,
    other: `${percent} fewer than last ${weekday} until ${time} (${count})`,
  });
}
