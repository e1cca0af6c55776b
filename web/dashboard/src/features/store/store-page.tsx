import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Dashboard, Forecast, Live } from "@metrica/client/owner.ts";
import { ApiProblem } from "@metrica/client/problem.ts";
import { hourRange } from "@metrica/ui/charts/scale.ts";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { useShortcuts } from "@metrica/ui/keyboard/shortcuts.ts";
import { useLanguage } from "@metrica/ui/language/language.ts";
import { languages } from "@metrica/ui/language/languages.ts";
import { cn } from "@metrica/ui/lib/utils.ts";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { useOnline } from "@metrica/ui/use-online.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { memo, useMemo } from "react";
import { meQuery } from "#features/session/api/get-me.ts";
import { deferred } from "#shared/deferred.tsx";
import { useServices } from "#shared/services.ts";
import { StoreNotFound } from "#shared/store-not-found.tsx";
import { AnomaliesPanel } from "./anomalies-panel.tsx";
import { dashboardQuery } from "./api/get-dashboard.ts";
import { forecastQuery } from "./api/get-forecast.ts";
import { liveQuery } from "./api/get-live.ts";
import { countDays } from "./calendar.ts";
import { HeatmapPanel, MainChartPanel } from "./chart-panels.tsx";
import { comparisonLabel } from "./comparison.ts";
import { findHour } from "./drill-down.ts";
import { ForecastPanel } from "./forecast-panel.tsx";
import { KpiTiles } from "./kpi-tiles.tsx";
import { LiveCameras } from "./live-cameras.tsx";
import { LivePanel } from "./live-panel.tsx";
import { PeriodControls } from "./period-controls.tsx";
import { QuarterHoursPanel } from "./quarter-hours-panel.tsx";
import {
  adjacentView,
  nextCompareMode,
  toSearch,
  toView,
  type View,
  viewSpan,
  withDays,
  withPeriod,
} from "./search.ts";
import { ShortcutsHint } from "./shortcuts-hint.tsx";
import { StoreHeader } from "./store-header.tsx";
import { ChartSkeleton, PeriodSkeleton, StoreSkeleton, summaryClass } from "./store-skeleton.tsx";
import { summarizePeriod } from "./summary.ts";

const route = getRouteApi("/_signed-in/stores/$storeId");

/** What the page has to know of the store besides its live numbers, so that it is not drawn again with each of them. */
function storeOf({ name, store_day }: Live) {
  return { name, today: store_day.date, dayStart: store_day.start.slice(11, 16) };
}

/** The page of a store: the live occupancy, then the selected period. */
export function StorePage() {
  const { storeId } = route.useParams();
  const search = route.useSearch();
  const view = useMemo(() => toView(search), [search]);
  const { owner } = useServices();
  const language = useLanguage();
  const isNow = view.period !== "range" && view.date === undefined;
  const store = useQuery({ ...liveQuery(owner, storeId), refetchInterval: false, select: storeOf });
  const me = useQuery(meQuery(owner));
  const dashboard = useQuery(dashboardQuery(owner, storeId, view));
  const forecast = useQuery({ ...forecastQuery(owner, storeId), enabled: isNow });
  const today = store.data?.today ?? (isNow ? dashboard.data?.date : undefined);
  const firstWeekday = dashboard.data?.first_weekday ?? languages[language].firstWeekday;
  useDocumentTitle(store.data?.name ?? t`Store`);
  useStoreShortcuts(storeId, view, today, firstWeekday);

  if (store.error instanceof ApiProblem && store.error.status === 404) return <StoreNotFound />;
  // What the header needs loads first, so that what is below it appears where it stays.
  if (!(isSettled(store) && isSettled(me))) return <StoreSkeleton />;
  return (
    <div className="grid grid-cols-1 gap-5">
      <LiveSection
        hideVisitors={view.period === "day" && isNow}
        isOnlyStore={me.data?.stores.length === 1}
        storeId={storeId}
      />
      <PeriodControls
        comparison={dashboard.data === undefined ? null : comparisonLabel(dashboard.data)}
        firstWeekday={firstWeekday}
        today={today}
        view={view}
      />
      <LoadingPanel query={dashboard} skeleton={<PeriodSkeleton />}>
        {(data) => <PeriodSection dashboard={data} forecast={forecast.data} view={view} />}
      </LoadingPanel>
      <HeatmapAndCameras storeId={storeId} view={view} />
      {isNow && store.data !== undefined && (
        <div className="print:hidden">
          <LoadingPanel query={forecast} skeleton={<Skeleton className="h-96" />}>
            {(data) => <ForecastSection {...store.data} forecast={data} />}
          </LoadingPanel>
        </div>
      )}
      <ShortcutsHint />
    </div>
  );
}

/** Whether a query has data, or has failed. */
function isSettled({ data, failureCount }: { data: unknown; failureCount: number }): boolean {
  return data !== undefined || failureCount > 0;
}

interface LiveSectionProps {
  storeId: string;
  isOnlyStore: boolean;
  hideVisitors: boolean;
}

/** The name of the store and its live numbers, which arrive every few seconds. */
const LiveSection = memo(function LiveSection({ storeId, isOnlyStore, hideVisitors }: LiveSectionProps) {
  const { owner } = useServices();
  const live = useQuery(liveQuery(owner, storeId));
  const connected = useConnected(live);
  return (
    <LoadingPanel query={live}>
      {(data) => (
        <div className="grid grid-cols-1 gap-4">
          <StoreHeader isOnlyStore={isOnlyStore} live={data} />
          <div className="print:hidden">
            <LivePanel
              connected={connected}
              hideVisitors={hideVisitors}
              live={data}
              receivedAt={live.dataUpdatedAt}
            />
          </div>
        </div>
      )}
    </LoadingPanel>
  );
});

/** Live numbers that are older than this, in milliseconds, are not live: the request for the next ones hangs. */
const maxLiveAgeMs = 15_000;

/** Whether live numbers arrive: the browser is online, the last request succeeded, and it was recent. */
function useConnected({ error, dataUpdatedAt }: { error: Error | null; dataUpdatedAt: number }): boolean {
  const online = useOnline();
  const now = useNow(3000);
  return online && error === null && now - dataUpdatedAt < maxLiveAgeMs;
}

interface PeriodSectionProps {
  dashboard: Dashboard;
  forecast: Forecast | undefined;
  view: View;
}

/** The sentence, the tiles and the chart of the period. The day in progress has its forecast in them. */
function PeriodSection({ dashboard, forecast, view }: PeriodSectionProps) {
  const isToday = view.period === "day" && dashboard.period === "day" && dashboard.window.in_progress;
  const expected = isToday ? forecast : undefined;
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className={cn("text-balance font-medium sm:text-lg", summaryClass)} data-testid="summary">
        {summarizePeriod(dashboard)}
      </p>
      <KpiTiles dashboard={dashboard} forecast={expected} />
      <ChartSection dashboard={dashboard} forecast={expected} view={view} />
    </div>
  );
}

/** The quarter-hours of the selected hour, or the chart of the period. */
const ChartSection = deferred(
  ({ dashboard, forecast, view }: PeriodSectionProps) => {
    if (hasNoData(dashboard)) return <NoData />;
    if (view.period === "day" && view.hour !== undefined) {
      const hour = findHour(dashboard.buckets, view.hour);
      const daySearch = toSearch(withDays(view, { period: "day", date: view.date }));
      if (hour !== undefined)
        return <QuarterHoursPanel dashboard={dashboard} daySearch={daySearch} hour={hour} />;
    }
    return <MainChartPanel dashboard={dashboard} forecast={forecast} view={view} />;
  },
  <ChartSkeleton />,
);

/** The hours of the week, and the cameras. */
const HeatmapAndCameras = memo(function HeatmapAndCameras({
  storeId,
  view,
}: {
  storeId: string;
  view: View;
}) {
  const { owner } = useServices();
  const heatmap = useQuery(dashboardQuery(owner, storeId, heatmapView(view)));
  const live = useQuery({ ...liveQuery(owner, storeId), refetchInterval: false });
  return (
    <div
      className={cn("grid grid-cols-1 gap-4 print:hidden", !needsFullWidth(heatmap.data) && "lg:grid-cols-2")}
    >
      <LoadingPanel query={heatmap} skeleton={heatmapSkeleton}>
        {(data) => <DeferredHeatmap dashboard={data} />}
      </LoadingPanel>
      {live.data !== undefined && (
        <Panel className="h-full" title={t`Cameras`}>
          <LiveCameras live={live.data} />
        </Panel>
      )}
    </div>
  );
});

const heatmapSkeleton = <Skeleton className="h-96" />;
const DeferredHeatmap = deferred(HeatmapPanel, heatmapSkeleton);

interface ForecastSectionProps {
  forecast: Forecast;
  today: string;
  dayStart: string;
}

/** The forecast and the unusual hours. */
const ForecastSection = deferred(
  ({ forecast, today, dayStart }: ForecastSectionProps) => (
    <div className="grid grid-cols-1 gap-4 sm:gap-5">
      <ForecastPanel dayStart={dayStart} forecast={forecast} today={today} />
      <AnomaliesPanel dayStart={dayStart} forecast={forecast} />
    </div>
  ),
  <Skeleton className="h-96" />,
);

function useStoreShortcuts(storeId: string, view: View, today: string | undefined, firstWeekday: number) {
  const navigate = useNavigate();

  function show(next: View | undefined) {
    if (next === undefined) return;
    const search = toSearch(next);
    void navigate({ to: "/stores/$storeId", params: { storeId }, search, resetScroll: false });
  }

  useShortcuts({
    d: () => show(withPeriod(view, "day", today)),
    w: () => show(withPeriod(view, "week", today)),
    m: () => show(withPeriod(view, "month", today)),
    y: () => show(withPeriod(view, "year", today)),
    t: () => show(withDays(view, { period: "day" })),
    x: () => show({ ...view, compare: nextCompareMode(view.compare) }),
    arrowleft: () => show(adjacentView(view, -1, today, firstWeekday)),
    arrowright: () => show(adjacentView(view, 1, today, firstWeekday)),
  });
}

/** Returns the view of the heatmap: the shown days if they are four weeks or more, else their month. */
function heatmapView(view: View): View {
  const span = viewSpan(view, "2000-01-01", 1);
  if (span !== undefined && countDays(span) >= 28) return view;
  const date = view.period === "range" ? view.from : view.date;
  return { period: "month", date, compare: "none", match: view.match };
}

/** Whether the heatmap needs the full width. */
function needsFullWidth(heatmap: Dashboard | undefined): boolean {
  return heatmap !== undefined && hourRange(heatmap.heatmap).length > 14;
}

/** Whether no bucket has a value or a baseline. The charts would be empty. */
function hasNoData({ buckets }: Dashboard): boolean {
  return buckets.every((bucket) => bucket.visitors === null && bucket.baseline_visitors === null);
}

function NoData() {
  return (
    <EmptyState title={t`No data in this period`}>
      <Trans>
        Data appears here as soon as a camera of this store reports. Use the left arrow to see earlier
        periods.
      </Trans>
    </EmptyState>
  );
}
