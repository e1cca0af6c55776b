import type { Dashboard, Forecast } from "@metrica/client/owner.ts";
import { BarChart } from "@metrica/ui/charts/bar-chart.tsx";
import { Heatmap } from "@metrica/ui/charts/heatmap.tsx";
import { BarLegend } from "@metrica/ui/charts/legend.tsx";
import { formatCount } from "@metrica/ui/format/number.ts";
import { Panel } from "@metrica/ui/panel.tsx";
import { AnnotationList } from "./annotation-list.tsx";
import { BucketTable } from "./bucket-table.tsx";
import { formatPeriod } from "./calendar.ts";
import { barTooltipLines, toBars } from "./chart-data.ts";
import { baselineLabel, dashboardSpan } from "./comparison.ts";
import { expectedLabel, withForecast } from "./forecast.ts";

/** The visitors per bucket as bars, the occupancy as a line, the comparison and the forecast in one chart. */
export function MainChartPanel({
  dashboard,
  forecast,
}: {
  dashboard: Dashboard;
  forecast: Forecast | undefined;
}) {
  const { capacity, interval, period } = dashboard;
  const bars = withForecast(toBars(dashboard), forecast);
  const baseline = baselineLabel(dashboard);
  return (
    <Panel
      aside={
        <BarLegend
          bars={bars}
          baselineLabel={baseline}
          expectedLabel={forecast === undefined ? null : expectedLabel(forecast)}
          occupancyLabel="Average occupancy"
        />
      }
      title={`Visitors by ${interval}`}
    >
      <BarChart
        bars={bars}
        baselineLabel={baseline}
        limit={capacity === null ? null : { value: capacity, name: `Capacity ${formatCount(capacity)}` }}
        tooltipLines={(bar) => barTooltipLines(bar, baseline)}
        summary={`Visitors and average occupancy per ${interval}, ${formatPeriod(period, dashboardSpan(dashboard))}: ${formatCount(dashboard.kpis.visitors.value)} visitors in total. The table below has the values.`}
        testId="bars"
      />
      <AnnotationList dashboard={dashboard} />
      <BucketTable baseline={baseline} dashboard={dashboard} forecast={forecast} />
    </Panel>
  );
}

/** The average visitors by weekday and hour. */
export function HeatmapPanel({ dashboard }: { dashboard: Dashboard }) {
  return (
    <Panel
      className="h-full"
      description={`Average visitors per hour, ${formatPeriod(dashboard.period, dashboardSpan(dashboard))}`}
      title="Visitors by weekday and hour"
    >
      {dashboard.heatmap.length === 0 ? (
        <p className="py-10 text-center text-muted-foreground text-sm">No data yet.</p>
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
