import { t } from "@lingui/core/macro";
import type { Dashboard, Forecast } from "@metrica/client/owner.ts";
import { BarChart } from "@metrica/ui/charts/bar-chart.tsx";
import type { BarLinkProps } from "@metrica/ui/charts/bar-links.tsx";
import type { Bar } from "@metrica/ui/charts/bucket.ts";
import { Heatmap } from "@metrica/ui/charts/heatmap.tsx";
import { BarLegend } from "@metrica/ui/charts/legend.tsx";
import { formatCount } from "@metrica/ui/format/number.ts";
import { Panel } from "@metrica/ui/panel.tsx";
import { useRouter } from "@tanstack/react-router";
import type { MouseEvent } from "react";
import { AnnotationList } from "./annotation-list.tsx";
import { BucketTable } from "./bucket-table.tsx";
import { formatPeriod } from "./calendar.ts";
import { barTooltipLines, toBars } from "./chart-data.ts";
import { baselineLabel, dashboardSpan } from "./comparison.ts";
import { viewOfBucket } from "./drill-down.ts";
import { expectedLabel, withForecast } from "./forecast.ts";
import { toSearch, type View } from "./search.ts";

/** The visitors per bucket as bars, the occupancy as a line, the comparison and the forecast in one chart. */
export function MainChartPanel({
  dashboard,
  forecast,
  view,
}: {
  dashboard: Dashboard;
  forecast: Forecast | undefined;
  /** The view of the page. A bar leads to the view of its bucket. */
  view: View;
}) {
  const { capacity, interval, period } = dashboard;
  const renderLink = useBarLinks(dashboard, view);
  const bars = withForecast(toBars(dashboard), forecast);
  const baseline = baselineLabel(dashboard);
  const { summary, ...words } = intervalWords(interval);
  const days = formatPeriod(period, dashboardSpan(dashboard));
  const visitors = formatCount(dashboard.kpis.visitors.value);
  const places = formatCount(capacity);
  return (
    <Panel
      aside={
        <BarLegend
          bars={bars}
          baselineLabel={baseline}
          expectedLabel={forecast === undefined ? null : expectedLabel(forecast)}
          occupancyLabel={t`Average occupancy`}
        />
      }
      title={words.title}
    >
      <BarChart
        bars={bars}
        // The bars of other days are other ones: none of them moves to a new place.
        key={`${interval} ${dashboard.window.start}`}
        baselineLabel={baseline}
        limit={capacity === null ? null : { value: capacity, name: t`Capacity ${places}` }}
        links={{
          label: words.open,
          renderLink,
        }}
        tooltipLines={(bar) => [
          ...barTooltipLines(bar, baseline),
          ...(hasBegun(bar, dashboard) ? [words.openHint] : []),
        ]}
        summary={t`${summary}, ${days}: ${visitors} visitors in total. The table below has the values.`}
        testId="bars"
      />
      <AnnotationList dashboard={dashboard} />
      <BucketTable baseline={baseline} dashboard={dashboard} forecast={forecast} />
    </Panel>
  );
}

/** Returns the words for the chart of an interval and for the links of its bars. */
function intervalWords(interval: Dashboard["interval"]) {
  const words = {
    hour: {
      title: t`Visitors by hour`,
      summary: t`Visitors and average occupancy per hour`,
      open: t`Open the quarter-hours of one hour`,
      openHint: t`Open for its quarter-hours`,
    },
    day: {
      title: t`Visitors by day`,
      summary: t`Visitors and average occupancy per day`,
      open: t`Open the hours of one day`,
      openHint: t`Open for its hours`,
    },
    week: {
      title: t`Visitors by week`,
      summary: t`Visitors and average occupancy per week`,
      open: t`Open the days of one week`,
      openHint: t`Open for its days`,
    },
    month: {
      title: t`Visitors by month`,
      summary: t`Visitors and average occupancy per month`,
      open: t`Open the days of one month`,
      openHint: t`Open for its days`,
    },
  };
  return words[interval];
}

function hasBegun({ key }: Bar, { window }: Dashboard): boolean {
  return Date.parse(key) < Date.parse(window.until);
}

/**
 * Returns what renders the link over a bar. A bucket that has not begun has none. These are no links of the router: each of those watches
 * the address, and thirty of them make every click slow.
 */
function useBarLinks(dashboard: Dashboard, view: View) {
  const router = useRouter();
  const storeId = dashboard.store_id;
  const path = router.buildLocation({ to: "/stores/$storeId", params: { storeId }, search: {} }).pathname;
  return (bar: Bar, props: BarLinkProps) => {
    const bucket = dashboard.buckets.find(({ start }) => start === bar.key);
    if (bucket === undefined || !hasBegun(bar, dashboard)) return null;
    const search = toSearch(viewOfBucket(view, dashboard, bucket));
    return (
      <a
        {...props}
        data-testid="bar-link"
        href={router.history.createHref(path + router.options.stringifySearch({ ...search }))}
        key={bar.key}
        onClick={(event) => {
          props.onClick(event);
          if (event.defaultPrevented || isForBrowser(event)) return;
          event.preventDefault();
          void router.navigate({ to: "/stores/$storeId", params: { storeId }, search, resetScroll: false });
        }}
      >
        <span className="sr-only">{[bar.title, ...barTooltipLines(bar, null)].join(", ")}</span>
      </a>
    );
  };
}

/** Whether a click on a link opens it elsewhere, such as in a new tab. */
function isForBrowser({ button, altKey, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  return button !== 0 || altKey || ctrlKey || metaKey || shiftKey;
}

/** The average visitors by weekday and hour. */
export function HeatmapPanel({ dashboard }: { dashboard: Dashboard }) {
  const days = formatPeriod(dashboard.period, dashboardSpan(dashboard));
  return (
    <Panel
      className="h-full"
      description={t`Average visitors per hour, ${days}`}
      title={t`Visitors by weekday and hour`}
    >
      {dashboard.heatmap.length === 0 ? (
        <p className="py-10 text-center text-muted-foreground text-sm">{t`No data yet.`}</p>
      ) : (
        <Heatmap
          caption={t`Average visitors per hour, by weekday and hour`}
          cells={dashboard.heatmap}
          firstWeekday={dashboard.first_weekday}
        />
      )}
    </Panel>
  );
}
