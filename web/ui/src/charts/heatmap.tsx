import { formatCount } from "../format/number.ts";
import { hourSpan } from "../format/time.ts";
import { ScrollAcross } from "../scroll-across.tsx";
import { heat, hoursShown } from "./heat-scale.ts";

export interface HeatCell {
  /** 1 is Monday. */
  weekday: number;
  hour: number;
  visitors_per_hour: number;
  observed_hours: number;
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Weekday by hour, as a real table: the number stands in its cell, the colour only repeats it. */
export function Heatmap({ cells, caption }: { cells: readonly HeatCell[]; caption: string }) {
  const hours = hoursShown(cells);
  const largest = Math.max(0, ...cells.map((cell) => cell.visitors_per_hour));
  const find = (weekday: number, hour: number) =>
    cells.find((cell) => cell.weekday === weekday && cell.hour === hour);
  return (
    <ScrollAcross className="-mx-1 px-1 pb-1" label={caption}>
      <table
        className="w-full border-separate border-spacing-[3px] text-center text-[11px] tabular-nums"
        data-testid="heatmap"
      >
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <td />
            {hours.map((hour) => (
              <th className="font-normal text-ink-faint" key={hour} scope="col">
                {String(hour).padStart(2, "0")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((name, index) => (
            <tr key={name}>
              <th className="pr-1.5 text-left font-normal text-ink-faint" scope="row">
                {name}
              </th>
              {hours.map((hour) => (
                <Cell cell={find(index + 1, hour)} hour={hour} key={hour} largest={largest} name={name} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollAcross>
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
      <td className="h-8 min-w-[23px] rounded-md border border-line-strong border-dashed text-ink-faint">
        <span className="sr-only">not observed</span>
      </td>
    );
  }
  const strength = heat(cell.visitors_per_hour, largest);
  return (
    <td
      className="h-8 min-w-[23px] rounded-md text-ink"
      style={{
        backgroundColor: `color-mix(in oklab, var(--heat) ${Math.round(strength * 100)}%, var(--sunken))`,
      }}
      title={`${name} ${hourSpan(hour)}: ${formatCount(cell.visitors_per_hour)} an hour over ${formatCount(cell.observed_hours)} h`}
    >
      {formatCount(cell.visitors_per_hour)}
    </td>
  );
}
