import type { Dashboard, Forecast, Live } from "@metrica/client/owner.ts";
import { ApiProblem } from "@metrica/client/problem.ts";
import { hoursShown } from "@metrica/ui/charts/heat-scale.ts";
import { cn } from "@metrica/ui/cn.ts";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Skeleton } from "@metrica/ui/skeleton.tsx";
import { useTitle } from "@metrica/ui/use-title.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useServices } from "#shared/services.ts";
import { AnomaliesPanel } from "./anomalies-panel.tsx";
import { dashboardQuery } from "./api/get-dashboard.ts";
import { forecastQuery } from "./api/get-forecast.ts";
import { liveQuery } from "./api/get-live.ts";
import { barsOf } from "./bars-of.ts";
import { stepFrom } from "./calendar.ts";
import { comparisonWords } from "./kpi-words.ts";
import { LiveHero } from "./live-hero.tsx";
import { OutlookPanel } from "./outlook-panel.tsx";
import { HeatmapPanel, OccupancyPanel, VisitorsPanel } from "./panels.tsx";
import { PeriodBar } from "./period-bar.tsx";
import { nextCompare, searchOf, type View, viewOf } from "./search.ts";
import type { Shortcut } from "./shortcuts.ts";
import { StoreHeader } from "./store-header.tsx";
import { Tiles } from "./tiles.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

const route = getRouteApi("/_signed-in/stores/$storeId");

/** One store on one screen: now on top, then the period that the address names. */
export function StorePage() {
  const { storeId } = route.useParams();
  const view = viewOf(route.useSearch());
  const { owner } = useServices();
  const live = useQuery(liveQuery(owner, storeId));
  const dashboard = useQuery(dashboardQuery(owner, storeId, view));
  const month = useQuery(dashboardQuery(owner, storeId, { ...view, period: "month", compare: "none" }));
  const isToday =
    view.period === "day" && dashboard.data?.period === "day" && dashboard.data.window.in_progress;
  const forecast = useQuery({ ...forecastQuery(owner, storeId), enabled: view.date === undefined });
  const expected = isToday ? forecast.data : undefined;
  const today = live.data?.store_day.date ?? (view.date === undefined ? dashboard.data?.date : undefined);
  useTitle(live.data?.name ?? "Store");
  useStoreShortcuts(storeId, view, today);

  if (live.error instanceof ApiProblem && live.error.status === 404) return <NotYours />;
  return (
    <div className="grid grid-cols-1 gap-6 sm:gap-7">
      <LoadingPanel query={live} skeleton={<HeroSkeleton />}>
        {(data) => (
          <div className="grid grid-cols-1 gap-5">
            <StoreHeader live={data} />
            <LiveHero connected={live.error === null} live={data} />
          </div>
        )}
      </LoadingPanel>
      <PeriodBar
        comparison={dashboard.data === undefined ? null : comparisonWords(dashboard.data)}
        today={today}
        view={view}
      />
      <LoadingPanel query={dashboard} skeleton={<PeriodSkeleton />}>
        {(data) => (
          <div className="grid grid-cols-1 gap-4 sm:gap-5">
            <Tiles dashboard={data} forecast={expected} />
            {hasNothing(data) ? (
              <NothingObserved />
            ) : (
              <>
                <VisitorsPanel dashboard={data} forecast={expected} />
                <div
                  className={cn(
                    "grid grid-cols-1 gap-4 sm:gap-5",
                    !isLongDay(data, month.data) && "lg:grid-cols-2",
                  )}
                >
                  <OccupancyPanel dashboard={data} />
                  <LoadingPanel query={month} skeleton={<Skeleton className="h-80" />}>
                    {(whole) => <HeatmapPanel dashboard={whole} />}
                  </LoadingPanel>
                </div>
              </>
            )}
          </div>
        )}
      </LoadingPanel>
      {view.date === undefined && live.data !== undefined && (
        <LoadingPanel query={forecast}>{(data) => <Outlook forecast={data} live={live.data} />}</LoadingPanel>
      )}
      <p className="hidden text-center text-ink-faint text-xs sm:block">
        <Key>D</Key> <Key>W</Key> <Key>M</Key> period · <Key>←</Key> <Key>→</Key> earlier, later ·{" "}
        <Key>X</Key> compare
      </p>
    </div>
  );
}

/** What is to come, and what lately was not as expected. */
function Outlook({ forecast, live }: { forecast: Forecast; live: Live }) {
  const dayStart = live.store_day.start.slice(11, 16);
  return (
    <div className="grid grid-cols-1 gap-4 sm:gap-5">
      <OutlookPanel dayStart={dayStart} forecast={forecast} today={live.store_day.date} />
      <AnomaliesPanel dayStart={dayStart} forecast={forecast} />
    </div>
  );
}

function useStoreShortcuts(storeId: string, view: View, today: string | undefined) {
  const navigate = useNavigate();

  function viewAfter(shortcut: Shortcut): View | undefined {
    if (shortcut === "day" || shortcut === "week" || shortcut === "month")
      return { ...view, period: shortcut };
    if (shortcut === "compare") return { ...view, compare: nextCompare(view.compare) };
    if (today === undefined) return undefined;
    const target = stepFrom(view.period, view.date ?? today, shortcut === "back" ? -1 : 1, today);
    if (target === undefined) return undefined;
    const { period, compare } = view;
    return target === "current" ? { period, compare } : { period, compare, date: target };
  }

  useShortcuts((shortcut) => {
    const next = viewAfter(shortcut);
    if (next !== undefined)
      void navigate({
        to: "/stores/$storeId",
        params: { storeId },
        search: searchOf(next),
        resetScroll: false,
      });
  });
}

/** Whether the heatmap needs the whole width; told by the period shown until the month is there, so that nothing jumps. */
function isLongDay(shown: Dashboard, month: Dashboard | undefined): boolean {
  const bars = shown.period === "day" ? barsOf(shown).length : 0;
  return Math.max(bars, hoursShown((month ?? shown).heatmap).length) > 14;
}

/** No bucket has a value, and there is none to compare with either: a chart would be an empty frame. */
function hasNothing({ buckets }: Dashboard): boolean {
  return buckets.every((bucket) => bucket.visitors === null && bucket.baseline_visitors === null);
}

function NotYours() {
  return (
    <EmptyState title="There is no such store among yours">
      <Link className="text-accent underline underline-offset-2" to="/">
        Go to my stores
      </Link>
    </EmptyState>
  );
}

function NothingObserved() {
  return (
    <EmptyState title="Nothing was observed in this period">
      Numbers appear here as soon as a camera of this store reports. Earlier periods are behind the arrow to
      the left.
    </EmptyState>
  );
}

function Key({ children }: { children: string }) {
  return (
    <kbd className="rounded border border-line bg-surface px-1.5 py-0.5 font-sans text-[11px]">
      {children}
    </kbd>
  );
}

function HeroSkeleton() {
  return (
    <div className="grid gap-5">
      <Skeleton className="h-14 w-64" />
      <Skeleton className="h-72 w-full" />
    </div>
  );
}

function PeriodSkeleton() {
  return (
    <div className="grid gap-5">
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        {["visitors", "dwell", "peak", "occupancy"].map((tile) => (
          <Skeleton className="h-32" key={tile} />
        ))}
      </div>
      <Skeleton className="h-96" />
    </div>
  );
}
