import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Dashboard, Forecast, Live } from "@metrica/client/owner.ts";
import { ApiProblem } from "@metrica/client/problem.ts";
import { hourRange } from "@metrica/ui/charts/scale.ts";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { languages, useLanguage } from "@metrica/ui/language/language.ts";
import { cn } from "@metrica/ui/lib/utils.ts";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { shortcutsPreference, usePreference } from "@metrica/ui/preference.ts";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { useOnline } from "@metrica/ui/use-online.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
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
import { type Shortcut, useShortcuts } from "./shortcuts.ts";
import { StoreHeader } from "./store-header.tsx";
import { summarizePeriod } from "./summary.ts";

const route = getRouteApi("/_signed-in/stores/$storeId");

/** The page of a store: the live occupancy, then the selected period. */
export function StorePage() {
  const { storeId } = route.useParams();
  const view = toView(route.useSearch());
  const { owner } = useServices();
  const language = useLanguage();
  const live = useQuery(liveQuery(owner, storeId));
  const dashboard = useQuery(dashboardQuery(owner, storeId, view));
  const isNow = view.period !== "range" && view.date === undefined;
  const isToday =
    view.period === "day" && dashboard.data?.period === "day" && dashboard.data.window.in_progress;
  const viewsToday = view.period === "day" && isNow;
  const forecast = useQuery({ ...forecastQuery(owner, storeId), enabled: isNow });
  const expected = isToday ? forecast.data : undefined;
  const today = live.data?.store_day.date ?? (isNow ? dashboard.data?.date : undefined);
  const firstWeekday = dashboard.data?.first_weekday ?? languages[language].firstWeekday;
  const heatmap = useQuery(dashboardQuery(owner, storeId, heatmapView(view)));
  const connected = useConnected(live);
  useDocumentTitle(live.data?.name ?? t`Store`);
  useStoreShortcuts(storeId, view, today, firstWeekday);

  if (live.error instanceof ApiProblem && live.error.status === 404) return <StoreNotFound />;
  return (
    <div className="grid grid-cols-1 gap-5">
      <LoadingPanel query={live} skeleton={<LiveSkeleton />}>
        {(data) => (
          <div className="grid grid-cols-1 gap-4">
            <StoreHeader live={data} />
            <div className="print:hidden">
              <LivePanel
                connected={connected}
                hideVisitors={viewsToday}
                live={data}
                receivedAt={live.dataUpdatedAt}
              />
            </div>
          </div>
        )}
      </LoadingPanel>
      <PeriodControls
        comparison={dashboard.data === undefined ? null : comparisonLabel(dashboard.data)}
        firstWeekday={firstWeekday}
        today={today}
        view={view}
      />
      <LoadingPanel query={dashboard} skeleton={<PeriodSkeleton />}>
        {(data) => (
          <div className="grid grid-cols-1 gap-4">
            <p className="text-balance font-medium sm:text-lg" data-testid="summary">
              {summarizePeriod(data)}
            </p>
            <KpiTiles dashboard={data} forecast={expected} />
            <ChartSection dashboard={data} forecast={expected} view={view} />
          </div>
        )}
      </LoadingPanel>
      <div
        className={cn(
          "grid grid-cols-1 gap-4 print:hidden",
          !needsFullWidth(heatmap.data) && "lg:grid-cols-2",
        )}
      >
        <LoadingPanel query={heatmap} skeleton={<Skeleton className="h-80" />}>
          {(data) => <HeatmapPanel dashboard={data} />}
        </LoadingPanel>
        {live.data !== undefined && (
          <Panel className="h-full" title={t`Cameras`}>
            <LiveCameras live={live.data} />
          </Panel>
        )}
      </div>
      {isNow && live.data !== undefined && (
        <div className="print:hidden">
          <LoadingPanel query={forecast}>
            {(data) => <ForecastSection forecast={data} live={live.data} />}
          </LoadingPanel>
        </div>
      )}
      <ShortcutsHint />
    </div>
  );
}

/** The quarter-hours of the selected hour, or the chart of the period. */
function ChartSection({
  dashboard,
  forecast,
  view,
}: {
  dashboard: Dashboard;
  forecast: Forecast | undefined;
  view: View;
}) {
  if (hasNoData(dashboard)) return <NoData />;
  if (view.period === "day" && view.hour !== undefined) {
    const hour = findHour(dashboard.buckets, view.hour);
    const daySearch = toSearch(withDays(view, { period: "day", date: view.date }));
    if (hour !== undefined)
      return <QuarterHoursPanel dashboard={dashboard} daySearch={daySearch} hour={hour} />;
  }
  return <MainChartPanel dashboard={dashboard} forecast={forecast} view={view} />;
}

/** Live numbers that are older than this, in milliseconds, are not live: the request for the next ones hangs. */
const maxLiveAgeMs = 15_000;

/** Whether live numbers arrive: the browser is online, the last request succeeded, and it was recent. */
function useConnected({ error, dataUpdatedAt }: { error: Error | null; dataUpdatedAt: number }): boolean {
  const online = useOnline();
  const now = useNow(3000);
  return online && error === null && now - dataUpdatedAt < maxLiveAgeMs;
}

/** The forecast and the unusual hours. */
function ForecastSection({ forecast, live }: { forecast: Forecast; live: Live }) {
  const dayStart = live.store_day.start.slice(11, 16);
  return (
    <div className="grid grid-cols-1 gap-4 sm:gap-5">
      <ForecastPanel dayStart={dayStart} forecast={forecast} today={live.store_day.date} />
      <AnomaliesPanel dayStart={dayStart} forecast={forecast} />
    </div>
  );
}

function useStoreShortcuts(storeId: string, view: View, today: string | undefined, firstWeekday: number) {
  const navigate = useNavigate();

  function nextView(shortcut: Shortcut): View | undefined {
    if (shortcut === "compare") return { ...view, compare: nextCompareMode(view.compare) };
    if (shortcut === "today") return withDays(view, { period: "day" });
    if (shortcut === "back") return adjacentView(view, -1, today, firstWeekday);
    if (shortcut === "forward") return adjacentView(view, 1, today, firstWeekday);
    return withPeriod(view, shortcut, today);
  }

  useShortcuts((shortcut) => {
    const next = nextView(shortcut);
    if (next !== undefined)
      void navigate({
        to: "/stores/$storeId",
        params: { storeId },
        search: toSearch(next),
        resetScroll: false,
      });
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

function ShortcutsHint() {
  const [shortcuts] = usePreference(shortcutsPreference);
  if (shortcuts === "off") return null;
  return (
    <p className="hidden text-center text-muted-foreground text-xs sm:block print:hidden">
      <Trans>
        <Key>D</Key> <Key>W</Key> <Key>M</Key> <Key>Y</Key> period · <Key>←</Key> <Key>→</Key> previous, next
        · <Key>T</Key> today · <Key>X</Key> compare · <Key>?</Key> help · switch them off in the settings
      </Trans>
    </p>
  );
}

function Key({ children }: { children?: ReactNode }) {
  return (
    <kbd className="rounded border border-border bg-card px-1.5 py-0.5 font-sans text-[11px]">{children}</kbd>
  );
}

function LiveSkeleton() {
  return (
    <div className="grid gap-5">
      <Skeleton className="h-14 w-64" />
      <Skeleton className="h-28 w-full" />
    </div>
  );
}

function PeriodSkeleton() {
  return (
    <div className="grid gap-5">
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        {["visitors", "dwell", "peak", "occupancy"].map((tile) => (
          <Skeleton className="h-28" key={tile} />
        ))}
      </div>
      <Skeleton className="h-96" />
    </div>
  );
}
