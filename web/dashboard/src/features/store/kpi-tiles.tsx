import { t } from "@lingui/core/macro";
import type { Dashboard, Forecast } from "@metrica/client/owner.ts";
import { Card } from "@metrica/ui/components/ui/card.tsx";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { formatDuration } from "@metrica/ui/format/duration.ts";
import { formatAverage, formatChange, formatCount, unknownValue } from "@metrica/ui/format/number.ts";
import { formatHour, formatHourRange } from "@metrica/ui/format/time.ts";
import { ChartColumn, Clock, DoorOpen, type LucideIcon, Users } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { DefinedNumber } from "#features/help/definitions.ts";
import { noteLabel } from "#shared/note-labels.ts";
import { baselineLabel } from "./comparison.ts";
import { DefinitionButton } from "./definition-button.tsx";
import { formatRestOfToday } from "./forecast.ts";

const tileGridClass = "grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4 print:grid-cols-4 print:gap-2";

interface KpiTilesProps {
  dashboard: Dashboard;
  forecast: Forecast | undefined;
}

/** The four KPIs of the period, each with its baseline. */
export const KpiTiles = memo(function KpiTiles({ dashboard, forecast }: KpiTilesProps) {
  const { visitors, dwell_s, occupancy_average, occupancy_peak, peak_hour } = dashboard.kpis;
  const label = baselineLabel(dashboard);
  const formatBaseline = (value: number | null, format: (value: number | null) => string) =>
    label === null ? null : `${value === null ? t`No data` : format(value)} · ${label}`;

  return (
    <div className={tileGridClass} data-testid="tiles">
      <KpiTile
        baseline={formatBaseline(visitors.baseline, formatCount)}
        change={visitors.change}
        icon={Users}
        name={t`Visitors`}
        number="visitors"
        note={visitors.note === null ? formatRestOfToday(forecast) : noteLabel(visitors.note)}
        raw={visitors.value}
        testId="tile-visitors"
        value={formatCount(visitors.value)}
      />
      <KpiTile
        baseline={formatBaseline(dwell_s.baseline, formatDuration)}
        change={dwell_s.change}
        icon={Clock}
        name={t`Dwell time`}
        number="dwell_s"
        note={
          dwell_s.note !== null
            ? noteLabel(dwell_s.note)
            : dashboard.dwell_method === "so_far"
              ? t`So far, including people still inside`
              : null
        }
        raw={dwell_s.value}
        testId="tile-dwell"
        value={formatDuration(dwell_s.value)}
      />
      <KpiTile
        baseline={formatBaseline(peak_hour.baseline_hour, (hour) =>
          hour === null ? unknownValue : formatHour(hour),
        )}
        icon={ChartColumn}
        name={t`Peak hour`}
        number="peak_hour"
        note={
          peak_hour.hour === null || peak_hour.visitors_per_hour === null
            ? null
            : peakText(peak_hour.hour, peak_hour.visitors_per_hour)
        }
        raw={peak_hour.hour}
        testId="tile-peak-hour"
        value={peak_hour.hour === null ? unknownValue : formatHour(peak_hour.hour)}
      />
      <KpiTile
        baseline={formatBaseline(occupancy_average.baseline, formatAverage)}
        change={occupancy_average.change}
        icon={DoorOpen}
        name={t`Average occupancy`}
        number="occupancy_average"
        note={
          occupancy_average.note !== null
            ? noteLabel(occupancy_average.note)
            : occupancy_peak.value === null
              ? null
              : maximumText(occupancy_peak.value)
        }
        raw={occupancy_average.value}
        testId="tile-occupancy"
        value={formatAverage(occupancy_average.value)}
      />
    </div>
  );
});

function peakText(hour: number, visitorsPerHour: number): string {
  const [hours, visitors] = [formatHourRange(hour), formatAverage(visitorsPerHour)];
  return t`${hours}: ${visitors} visitors per hour`;
}

function maximumText(peak: number): string {
  const maximum = formatCount(Math.round(peak));
  return t`Maximum: ${maximum}`;
}

interface KpiTileProps {
  name: string;
  number: DefinedNumber;
  icon: LucideIcon;
  value: string;
  /** The unformatted value, for the attribute `data-value`. */
  raw: number | null;
  /** The relative change from the baseline; undefined for an hour of the day. */
  change?: number | null;
  /** The baseline with its label: `412 · Sun 15 Nov`. */
  baseline: string | null;
  note: ReactNode;
  testId: string;
}

/**
 * A KPI with its change and its baseline. It keeps room for every line, also for a baseline and a note that wrap: the page does not move
 * when the numbers of another period arrive. On a phone the change has a line of its own, else it is beside the value.
 */
function KpiTile({ name, number, icon: Icon, value, raw, change, baseline, note, testId }: KpiTileProps) {
  return (
    <Card
      className="grid grid-cols-[auto_minmax(0,1fr)] content-start items-center gap-x-2.5 gap-y-0.5 p-3.5 sm:px-5 sm:py-3.5 print:px-3"
      data-testid={testId}
      data-value={raw ?? ""}
    >
      <div className="col-span-2 flex min-h-5 items-center justify-between gap-1 text-[13px] text-muted-foreground">
        <h3 className="flex min-w-0 items-center gap-2 hyphens-auto">
          <Icon aria-hidden="true" className="size-4 shrink-0 text-primary max-sm:hidden" />
          {name}
        </h3>
        <DefinitionButton name={name} number={number} />
      </div>
      <p
        className="col-span-2 whitespace-nowrap font-semibold text-[22px] leading-tight tracking-tight tabular-nums sm:col-span-1 sm:text-[27px] lg:text-2xl xl:text-[27px]"
        data-testid={`${testId}-value`}
      >
        {value}
      </p>
      <p className="col-span-2 min-h-6 text-[13px] tabular-nums sm:col-span-1 print:min-h-0">
        {baseline !== null && change != null && <Change change={change} />}
      </p>
      <p className="col-span-2 min-h-10 text-[13px] text-muted-foreground tabular-nums sm:min-h-5 print:min-h-0">
        {baseline !== null && <span data-testid={`${testId}-baseline`}>{baseline}</span>}
      </p>
      <p className="col-span-2 min-h-8 text-muted-foreground text-xs print:min-h-0">{note}</p>
    </Card>
  );
}

/** The place of the tiles while they load. */
export function KpiTilesSkeleton() {
  return (
    <div className={tileGridClass}>
      {["visitors", "dwell", "peak", "occupancy"].map((tile) => (
        <Skeleton className="h-[183px] sm:h-[147px]" key={tile} />
      ))}
    </div>
  );
}

function Change({ change }: { change: number }) {
  const arrow = change > 0.0005 ? "▲" : change < -0.0005 ? "▼" : "";
  return (
    <span
      className="inline-flex items-center gap-1 whitespace-nowrap rounded-md bg-muted px-1.5 py-0.5 font-medium text-foreground"
      data-testid="change"
    >
      {arrow !== "" && (
        <span aria-hidden="true" className="text-[9px] text-primary">
          {arrow}
        </span>
      )}
      {formatChange(change)}
    </span>
  );
}
