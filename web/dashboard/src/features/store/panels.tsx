import type { Dashboard, Forecast } from "@metrica/client/owner.ts";
import { Panel } from "@metrica/ui/card.tsx";
import { AreaChart } from "@metrica/ui/charts/area-chart.tsx";
import { BarChart } from "@metrica/ui/charts/bar-chart.tsx";
import { Heatmap } from "@metrica/ui/charts/heatmap.tsx";
import { BarLegend } from "@metrica/ui/charts/legend.tsx";
import { formatCount } from "@metrica/ui/format/number.ts";
import { barsOf, barWords, occupancyPointsOf, occupancyWords } from "./bars-of.ts";
import { BucketTable } from "./bucket-table.tsx";
import { periodName } from "./calendar.ts";
import { expectedName, withExpected } from "./expected.ts";
import { baselineName } from "./kpi-words.ts";

/** Visitors per hour of a day, per day of a week or month. */
export function VisitorsPanel({
  dashboard,
  forecast,
}: {
  dashboard: Dashboard;
  forecast: Forecast | undefined;
}) {
  const bars = withExpected(barsOf(dashboard), forecast);
  const baseline = baselineName(dashboard);
  const unit = dashboard.period === "day" ? "hour" : "day";
  return (
    <Panel
      aside={
        <BarLegend
          bars={bars}
          baselineName={baseline}
          expectedName={forecast === undefined ? null : expectedName(forecast)}
        />
      }
      hint={`People who came in, per ${unit}`}
      title={dashboard.period === "day" ? "Visitors by hour" : "Visitors by day"}
    >
      <BarChart
        bars={bars}
        baselineName={baseline}
        describe={(bar) => barWords(bar, baseline)}
        summary={`Visitors per ${unit}, ${periodName(dashboard.period, dashboard.date)}: ${formatCount(dashboard.kpis.visitors.value)} in all. The numbers are in the table below.`}
        testId="bars"
      />
      <BucketTable baseline={baseline} dashboard={dashboard} forecast={forecast} />
    </Panel>
  );
}

/** How full the store was. */
export function OccupancyPanel({ dashboard }: { dashboard: Dashboard }) {
  const { capacity } = dashboard;
  return (
    <Panel
      hint={`People inside, on average per ${dashboard.period === "day" ? "hour" : "day"}`}
      title="Occupancy"
    >
      <AreaChart
        describe={occupancyWords}
        limit={capacity === null ? null : { value: capacity, name: `Capacity ${formatCount(capacity)}` }}
        points={occupancyPointsOf(dashboard)}
        summary="Average number of people inside. The numbers are in the table of the visitors."
      />
    </Panel>
  );
}

/** When visitors come, by weekday and hour. */
export function HeatmapPanel({ dashboard }: { dashboard: Dashboard }) {
  return (
    <Panel
      className="h-full"
      hint={`Visitors per hour by weekday, ${periodName("month", dashboard.date)}`}
      title="When visitors come"
    >
      {dashboard.heatmap.length === 0 ? (
        <p className="py-10 text-center text-ink-faint text-sm">
          No hour of this period has been observed yet.
        </p>
      ) : (
        <Heatmap
          caption="Visitors per observed hour, by weekday and hour of the day"
          cells={dashboard.heatmap}
        />
      )}
    </Panel>
  );
}
