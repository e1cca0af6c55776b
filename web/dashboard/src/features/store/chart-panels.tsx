import type { Dashboard, Forecast } from "@metrica/client/owner.ts";
import { AreaChart } from "@metrica/ui/charts/area-chart.tsx";
import { BarChart } from "@metrica/ui/charts/bar-chart.tsx";
import { Heatmap } from "@metrica/ui/charts/heatmap.tsx";
import { BarLegend } from "@metrica/ui/charts/legend.tsx";
import { formatCount } from "@metrica/ui/format/number.ts";
import { Panel } from "@metrica/ui/panel.tsx";
import { BucketTable } from "./bucket-table.tsx";
import { formatPeriod } from "./calendar.ts";
import { barTooltipLines, occupancyTooltipLines, toBars, toOccupancyPoints } from "./chart-data.ts";
import { baselineLabel } from "./comparison.ts";
import { expectedLabel, withForecast } from "./forecast.ts";

/** The visitors per hour of a day, or per day of a week or month. */
export function VisitorsPanel({
  dashboard,
  forecast,
}: {
  dashboard: Dashboard;
  forecast: Forecast | undefined;
}) {
  const bars = withForecast(toBars(dashboard), forecast);
  const baseline = baselineLabel(dashboard);
  const unit = dashboard.period === "day" ? "hour" : "day";
  return (
    <Panel
      aside={
        <BarLegend
          bars={bars}
          baselineLabel={baseline}
          expectedLabel={forecast === undefined ? null : expectedLabel(forecast)}
        />
      }
      description="People who entered the store"
      title={dashboard.period === "day" ? "Visitors by hour" : "Visitors by day"}
    >
      <BarChart
        bars={bars}
        baselineLabel={baseline}
        tooltipLines={(bar) => barTooltipLines(bar, baseline)}
        summary={`Visitors per ${unit}, ${formatPeriod(dashboard.period, dashboard.date, dashboard.first_weekday)}: ${formatCount(dashboard.kpis.visitors.value)} in total. The table below has the values.`}
        testId="bars"
      />
      <BucketTable baseline={baseline} dashboard={dashboard} forecast={forecast} />
    </Panel>
  );
}

/** The average occupancy of each bucket. */
export function OccupancyPanel({ dashboard }: { dashboard: Dashboard }) {
  const { capacity } = dashboard;
  return (
    <Panel
      description={`Average number of people inside per ${dashboard.period === "day" ? "hour" : "day"}`}
      title="Occupancy"
    >
      <AreaChart
        tooltipLines={occupancyTooltipLines}
        limit={capacity === null ? null : { value: capacity, name: `Capacity ${formatCount(capacity)}` }}
        points={toOccupancyPoints(dashboard)}
        summary="Average number of people inside. The table of visitors has the values."
      />
    </Panel>
  );
}

/** The average visitors by weekday and hour. */
export function HeatmapPanel({ dashboard }: { dashboard: Dashboard }) {
  return (
    <Panel
      className="h-full"
      description={`Average visitors per hour, ${formatPeriod("month", dashboard.date, dashboard.first_weekday)}`}
      title="Visitors by weekday and hour"
    >
      {dashboard.heatmap.length === 0 ? (
        <p className="py-10 text-center text-muted-foreground text-sm">No data in this month yet.</p>
      ) : (
        <Heatmap
          caption="Average visitors per hour, by weekday and hour"
          cells={dashboard.heatmap}
          firstWeekday={dashboard.first_weekday}
        />
      )}
    </Panel>
  );
}
