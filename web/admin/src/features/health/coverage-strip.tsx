import { t } from "@lingui/core/macro";
import type { CoverageDay } from "@metrica/client/admin.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { formatDay, formatWeekday } from "@metrica/ui/format/time.ts";

/**
 * How much of the open time of the last seven days a camera has observed: a column per day, with its height and its number, so that it can
 * be read without colours. A closed day has a dash.
 */
export function CoverageStrip({ days }: { days: readonly CoverageDay[] }) {
  return (
    <div className="mt-2">
      <p className="mb-1 text-muted-foreground text-xs">{t`Observed, in percent of the open time`}</p>
      <ul className="flex gap-1" data-testid="coverage-strip">
        {days.map((day) => (
          <li className="w-9 text-center text-[11px] text-muted-foreground tabular-nums" key={day.day}>
            <span className="sr-only">{describeCoverage(day)}</span>
            <span aria-hidden="true" title={describeCoverage(day)}>
              <span className="flex h-5 items-end overflow-hidden rounded-sm bg-muted">
                <span
                  className="block w-full bg-foreground/60"
                  style={{ height: `${percentOf(day) ?? 0}%` }}
                />
              </span>
              <span className="block">{weekdayOf(day.day)}</span>
              <span className="block font-medium text-foreground">{percentOf(day) ?? "–"}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Returns the observed share in whole percent; null for a day without open time. 100 only when nothing is missing. */
export function percentOf({ open_minutes, observed_minutes }: CoverageDay): number | null {
  return open_minutes === 0 ? null : Math.floor((observed_minutes / open_minutes) * 100);
}

/** `Thu 26 Nov: 98 % of 480 open minutes observed`, or `… closed`. */
export function describeCoverage(day: CoverageDay): string {
  const date = formatDay(`${day.day}T00:00:00Z`, "UTC");
  const percent = percentOf(day);
  if (percent === null) return t`${date}: closed`;
  const minutes = formatCount(day.open_minutes);
  return t`${date}: ${percent} % of ${minutes} open minutes observed`;
}

/** `Thu` */
function weekdayOf(day: string): string {
  return formatWeekday(new Date(`${day}T00:00:00Z`).getUTCDay() || 7);
}
