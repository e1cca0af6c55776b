import type { CompareMode, Period } from "@metrica/client/owner.ts";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { SegmentedControl, segmentClass } from "@metrica/ui/segmented-control.tsx";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { adjacentPeriod, formatPeriod, type PlainDate, periodStart } from "./calendar.ts";
import { compareModes, periods, toSearch, type View } from "./search.ts";

const route = getRouteApi("/_signed-in/stores/$storeId");

const periodLabels: Record<Period, string> = {
  day: "Day",
  week: "Week",
  month: "Month",
  quarter: "Quarter",
  year: "Year",
  last7: "Last 7 days",
  last28: "Last 28 days",
  range: "Range",
};

const compareLabels: Record<CompareMode, string> = { previous: "Previous", year: "Last year", none: "Off" };

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
  const date = view.date ?? today;
  const isPast =
    view.date !== undefined &&
    (today === undefined ||
      periodStart(view.period, view.date, firstWeekday) !== periodStart(view.period, today, firstWeekday));
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
      <div className="flex items-center gap-2">
        <StepLink direction={-1} date={date} firstWeekday={firstWeekday} today={today} view={view} />
        <StepLink direction={1} date={date} firstWeekday={firstWeekday} today={today} view={view} />
        <div className="ml-1.5 min-w-0">
          <h2 className="font-semibold text-lg leading-tight tracking-tight" data-testid="period-name">
            {date === undefined ? " " : formatPeriod(view.period, date, firstWeekday)}
          </h2>
          <p className="min-h-5 text-[13px] text-muted-foreground">{comparison}</p>
        </div>
        {isPast && (
          <Link
            className={buttonVariants({ variant: "outline", size: "sm" })}
            params={{ storeId }}
            search={toSearch({ ...view, date: undefined })}
            to="/stores/$storeId"
          >
            {view.period === "day" ? "Today" : `This ${view.period}`}
          </Link>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SegmentedControl label="Period">
          {periods.map((period) => (
            <Link
              activeOptions={{ exact: true }}
              className={segmentClass(period === view.period)}
              data-testid={`period-${period}`}
              key={period}
              params={{ storeId }}
              search={toSearch({ ...view, period })}
              to="/stores/$storeId"
            >
              {periodLabels[period]}
            </Link>
          ))}
        </SegmentedControl>
        <SegmentedControl caption="Compare" label="Compare with">
          {compareModes.map((mode) => (
            <Link
              activeOptions={{ exact: true }}
              className={segmentClass(mode === view.compare)}
              data-testid={`compare-${mode}`}
              key={mode}
              params={{ storeId }}
              search={toSearch({ ...view, compare: mode })}
              to="/stores/$storeId"
            >
              {compareLabels[mode]}
            </Link>
          ))}
        </SegmentedControl>
      </div>
    </div>
  );
}

interface StepLinkProps {
  view: View;
  direction: -1 | 1;
  date: PlainDate | undefined;
  firstWeekday: number;
  today: PlainDate | undefined;
}

function StepLink({ view, direction, date, firstWeekday, today }: StepLinkProps) {
  const { storeId } = route.useParams();
  const target =
    date === undefined || today === undefined
      ? undefined
      : adjacentPeriod(view.period, date, direction, today, firstWeekday);
  const name = `${direction < 0 ? "Previous" : "Next"} ${view.period}`;
  const icon = direction < 0 ? <ChevronLeft /> : <ChevronRight />;
  if (target === undefined) {
    return (
      <button
        aria-label={name}
        className={buttonVariants({ variant: "outline", size: "icon" })}
        disabled
        type="button"
      >
        {icon}
      </button>
    );
  }
  return (
    <Link
      aria-label={name}
      className={buttonVariants({ variant: "outline", size: "icon" })}
      data-testid={direction < 0 ? "previous-period" : "next-period"}
      params={{ storeId }}
      search={toSearch({ ...view, date: target === "current" ? undefined : target })}
      to="/stores/$storeId"
    >
      {icon}
    </Link>
  );
}
