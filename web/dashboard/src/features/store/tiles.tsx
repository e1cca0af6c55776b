import type { Dashboard, Forecast } from "@metrica/client/owner.ts";
import { formatDuration } from "@metrica/ui/format/duration.ts";
import { formatAverage, formatCount, unknown } from "@metrica/ui/format/number.ts";
import { hourName, hourSpan } from "@metrica/ui/format/time.ts";
import { restOfTodayWords } from "./expected.ts";
import { baselineName, noteWords } from "./kpi-words.ts";
import { Tile } from "./tile.tsx";

/** The period in four numbers, each beside what it is compared with. */
export function Tiles({ dashboard, forecast }: { dashboard: Dashboard; forecast: Forecast | undefined }) {
  const { visitors, dwell_s, occupancy_average, occupancy_peak, peak_hour } = dashboard.kpis;
  const name = baselineName(dashboard);
  const against = (value: number | null, text: (value: number | null) => string) =>
    name === null ? null : `${value === null ? "nothing known" : text(value)} · ${name}`;
  const soFar = dashboard.dwell_method === "so_far";

  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4" data-testid="tiles">
      <Tile
        baseline={against(visitors.baseline, formatCount)}
        change={visitors.change}
        icon="people"
        name="Visitors"
        note={visitors.note === null ? restOfTodayWords(forecast) : noteWords[visitors.note]}
        raw={visitors.value}
        testId="tile-visitors"
        value={formatCount(visitors.value)}
      />
      <Tile
        baseline={against(dwell_s.baseline, formatDuration)}
        change={dwell_s.change}
        icon="clock"
        name="Dwell time"
        note={
          dwell_s.note !== null
            ? noteWords[dwell_s.note]
            : soFar
              ? "So far; who is inside counts up to now"
              : null
        }
        raw={dwell_s.value}
        testId="tile-dwell"
        value={formatDuration(dwell_s.value)}
      />
      <Tile
        baseline={against(peak_hour.baseline_hour, (hour) => (hour === null ? unknown : hourName(hour)))}
        icon="peak"
        name="Peak hour"
        note={
          peak_hour.hour === null || peak_hour.visitors_per_hour === null
            ? null
            : `${hourSpan(peak_hour.hour)}: ${formatAverage(peak_hour.visitors_per_hour)} visitors an hour`
        }
        raw={peak_hour.hour}
        testId="tile-peak-hour"
        value={peak_hour.hour === null ? unknown : hourName(peak_hour.hour)}
      />
      <Tile
        baseline={against(occupancy_average.baseline, formatAverage)}
        change={occupancy_average.change}
        icon="door"
        name="Average occupancy"
        note={
          occupancy_average.note !== null
            ? noteWords[occupancy_average.note]
            : occupancy_peak.value === null
              ? null
              : `At most ${formatCount(Math.round(occupancy_peak.value))} at once`
        }
        raw={occupancy_average.value}
        testId="tile-occupancy"
        value={formatAverage(occupancy_average.value)}
      />
    </div>
  );
}
