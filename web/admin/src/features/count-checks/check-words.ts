import type { CountCheck } from "@metrica/client/admin.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { clockTime, dayAndTime, shortDay } from "@metrica/ui/format/time.ts";

/** How far our count is from the one by hand: `+2`, `−1`, `±0`; a real minus, so that the widths match. */
export function differenceWords(counted: number, manual: number): string {
  const difference = counted - manual;
  if (difference === 0) return "±0";
  return `${difference > 0 ? "+" : "−"}${formatCount(Math.abs(difference))}`;
}

/** The window of a check by the store's clock: `22 Nov, 09:00–10:00`; across midnight with both dates. */
export function windowWords(
  { window_start, window_end }: Pick<CountCheck, "window_start" | "window_end">,
  timeZone: string,
): string {
  const sameDay = shortDay(window_start, timeZone) === shortDay(window_end, timeZone);
  const end = sameDay ? clockTime(window_end, timeZone) : ` ${dayAndTime(window_end, timeZone)}`;
  return `${dayAndTime(window_start, timeZone)}${sameDay ? "–" : " –"}${end}`;
}
