import type { CountCheck } from "@metrica/client/admin.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { formatDateTime, formatDay, formatTime } from "@metrica/ui/format/time.ts";

/** Returns the difference of the counts with its sign: `+2`, `−1`, `±0`. */
export function formatDifference(counted: number, manual: number): string {
  const difference = counted - manual;
  if (difference === 0) return "±0";
  return `${difference > 0 ? "+" : "−"}${formatCount(Math.abs(difference))}`;
}

/** Returns the window of a check: `22 Nov, 09:00–10:00`; across midnight with both dates. */
export function formatWindow(
  { window_start, window_end }: Pick<CountCheck, "window_start" | "window_end">,
  timeZone: string,
): string {
  const sameDay = formatDay(window_start, timeZone) === formatDay(window_end, timeZone);
  const end = sameDay ? formatTime(window_end, timeZone) : ` ${formatDateTime(window_end, timeZone)}`;
  return `${formatDateTime(window_start, timeZone)}${sameDay ? "–" : " –"}${end}`;
}
