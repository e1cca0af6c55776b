import { t } from "@lingui/core/macro";
import { formatCount } from "../format/number.ts";
import { formatHourRange, formatWeekday } from "../format/time.ts";
import { HorizontalScroll } from "../horizontal-scroll.tsx";
import { heatIntensity, hourRange } from "./scale.ts";

export interface HeatCell {
  /** 1 is Monday. */
  weekday: number;
  hour: number;
  visitors_per_hour: number;
  observed_hours: number;
}

interface HeatmapProps {
  cells: readonly HeatCell[];
  caption: string;
  /** The weekday of the first row; 1 is Monday. */
  firstWeekday: number;
}

/** A table of weekdays and hours. The colour of a cell repeats its number. */
export function Heatmap({ cells, caption, firstWeekday }: HeatmapProps) {
  const weekdays = Array.from({ length: 7 }, (_, index) => ((firstWeekday - 1 + index) % 7) + 1);
  const hours = hourRange(cells);
  const largest = Math.max(0, ...cells.map((cell) => cell.visitors_per_hour));
  const findCell = (weekday: number, hour: number) =>
    cells.find((cell) => cell.weekday === weekday && cell.hour === hour);
  return (
    <HorizontalScroll className="-mx-1 px-1 pb-1" label={caption}>
      <table
        className="w-full border-separate border-spacing-[3px] text-center text-[11px] tabular-nums"
        data-testid="heatmap"
      >
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <td />
            {hours.map((hour) => (
              <th className="font-normal text-muted-foreground" key={hour} scope="col">
                {String(hour).padStart(2, "0")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((weekday) => {
            const name = formatWeekday(weekday);
            return (
              <tr key={weekday}>
                <th className="pr-1.5 text-left font-normal text-muted-foreground" scope="row">
                  {name}
                </th>
                {hours.map((hour) => (
                  <Cell cell={findCell(weekday, hour)} hour={hour} key={hour} largest={largest} name={name} />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </HorizontalScroll>
  );
}

function Cell({
  cell,
  hour,
  largest,
  name,
}: {
  cell: HeatCell | undefined;
  hour: number;
  largest: number;
  name: string;
}) {
  if (cell === undefined) {
    return (
      <td className="h-8 min-w-[23px] rounded-md border border-input border-dashed text-muted-foreground">
        <span className="sr-only">{t`No data`}</span>
      </td>
    );
  }
  const intensity = heatIntensity(cell.visitors_per_hour, largest);
  const hours = formatHourRange(hour);
  const visitors = formatCount(cell.visitors_per_hour);
  const observed = formatCount(cell.observed_hours);
  return (
    <td
      className="h-8 min-w-[23px] rounded-md text-foreground"
      style={{
        backgroundColor: `color-mix(in oklab, var(--chart-2) ${Math.round(intensity * 100)}%, var(--muted))`,
      }}
      title={t`${name} ${hours}: ${visitors} visitors per hour, ${observed} h observed`}
    >
      {visitors}
    </td>
  );
}
