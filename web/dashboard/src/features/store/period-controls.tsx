import { t } from "@lingui/core/macro";
import { Button, buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { cn } from "@metrica/ui/lib/utils.ts";
import { SegmentedControl, segmentClass } from "@metrica/ui/segmented-control.tsx";
import { getRouteApi, Link } from "@tanstack/react-router";
import { CalendarDays, ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { formatPeriod, type PlainDate } from "./calendar.ts";
import { compareButtonLabel } from "./compare-labels.ts";
import { currentPeriodLabel, periodLabel, stepLabel } from "./period-labels.ts";
import {
  adjacentView,
  calendarPeriods,
  showsToday,
  toSearch,
  type View,
  viewSpan,
  withDays,
  withPeriod,
} from "./search.ts";

const DatePicker = lazy(() => import("./date-picker.tsx").then((module) => ({ default: module.DatePicker })));
const CompareMenu = lazy(() =>
  import("./compare-menu.tsx").then((module) => ({ default: module.CompareMenu })),
);

const route = getRouteApi("/_signed-in/stores/$storeId");

interface PeriodControlsProps {
  view: View;
  /** The current store-day; undefined while it loads. */
  today: PlainDate | undefined;
  /** The day on which weeks of the store begin; 1 is Monday. */
  firstWeekday: number;
  comparison: string | null;
}

/** The controls for the period, the date and the comparison. They are links because the search parameters are the state. */
export function PeriodControls({ view, today, firstWeekday, comparison }: PeriodControlsProps) {
  const { storeId } = route.useParams();
  const span = viewSpan(view, today, firstWeekday);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      {/* The width does not depend on the text: the controls keep their row when a longer comparison arrives. */}
      <div className="flex min-w-0 flex-1 basis-80 items-center gap-2">
        <div className="contents print:hidden">
          <StepLink direction={-1} target={adjacentView(view, -1, today, firstWeekday)} view={view} />
          <StepLink direction={1} target={adjacentView(view, 1, today, firstWeekday)} view={view} />
        </div>
        <div className="ml-1.5 min-w-0 print:ml-0">
          <h2 className="font-semibold text-lg leading-tight tracking-tight" data-testid="period-name">
            {span === undefined ? " " : formatPeriod(view.period, span)}
          </h2>
          <p className="min-h-10 text-[13px] text-muted-foreground xl:min-h-5 print:min-h-0">{comparison}</p>
        </div>
        {!showsToday(view, today, firstWeekday) && (
          <Link
            className={cn(buttonVariants({ variant: "outline", size: "sm" }), "print:hidden")}
            data-testid="current-period"
            params={{ storeId }}
            resetScroll={false}
            search={toSearch(
              withDays(view, view.period === "range" ? { period: "day" } : { period: view.period }),
            )}
            to="/stores/$storeId"
          >
            {currentPeriodLabel(view.period)}
          </Link>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2 print:hidden">
        <SegmentedControl label={t`Period`}>
          {calendarPeriods.map((period) => (
            <Link
              activeOptions={{ exact: true }}
              className={segmentClass(period === view.period)}
              data-testid={`period-${period}`}
              key={period}
              params={{ storeId }}
              resetScroll={false}
              search={toSearch(withPeriod(view, period, today))}
              to="/stores/$storeId"
            >
              {periodLabel(period)}
            </Link>
          ))}
        </SegmentedControl>
        <DatePickerButton firstWeekday={firstWeekday} today={today} view={view} />
        <CompareButton view={view} />
      </div>
    </div>
  );
}

interface StepLinkProps {
  view: View;
  direction: -1 | 1;
  target: View | undefined;
}

function StepLink({ view, direction, target }: StepLinkProps) {
  const { storeId } = route.useParams();
  const name = stepLabel(view.period, direction);
  const icon = direction < 0 ? <ChevronLeft /> : <ChevronRight />;
  if (target === undefined) {
    return (
      <Button aria-label={name} disabled size="icon" type="button" variant="outline">
        {icon}
      </Button>
    );
  }
  return (
    <Link
      aria-label={name}
      className={buttonVariants({ variant: "outline", size: "icon" })}
      data-testid={direction < 0 ? "previous-period" : "next-period"}
      params={{ storeId }}
      resetScroll={false}
      search={toSearch(target)}
      to="/stores/$storeId"
    >
      {icon}
    </Link>
  );
}

function DatePickerButton({ view, today, firstWeekday }: Omit<PeriodControlsProps, "comparison">) {
  const { storeId } = route.useParams();
  const [opened, setOpened] = useState(false);
  const button = (
    <Button
      aria-haspopup="dialog"
      aria-label={t`Choose days`}
      data-testid="date-picker"
      disabled={today === undefined}
      onClick={() => setOpened(true)}
      size="icon"
      type="button"
      variant="outline"
    >
      <CalendarDays />
    </Button>
  );
  if (!opened || today === undefined) return button;
  return (
    <Suspense fallback={button}>
      <DatePicker firstWeekday={firstWeekday} storeId={storeId} today={today} view={view} />
    </Suspense>
  );
}

function CompareButton({ view }: { view: View }) {
  const { storeId } = route.useParams();
  const [opened, setOpened] = useState(false);
  const button = (
    <Button
      aria-haspopup="menu"
      data-testid="compare"
      onClick={() => setOpened(true)}
      size="sm"
      type="button"
      variant="outline"
    >
      {compareButtonLabel(view.compare)}
      <ChevronDown aria-hidden="true" />
    </Button>
  );
  if (!opened) return button;
  return (
    <Suspense fallback={button}>
      <CompareMenu storeId={storeId} view={view} />
    </Suspense>
  );
}
