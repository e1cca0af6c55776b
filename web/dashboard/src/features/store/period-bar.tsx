import type { CompareMode, Period } from "@metrica/client/owner.ts";
import { buttonClass } from "@metrica/ui/button.tsx";
import { Icon } from "@metrica/ui/icon.tsx";
import { Segmented, segmentClass } from "@metrica/ui/segmented.tsx";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type PlainDate, periodName, periodStart, stepFrom } from "./calendar.ts";
import { compareModes, periods, searchOf, type View } from "./search.ts";

const route = getRouteApi("/_signed-in/stores/$storeId");

const periodNames: Record<Period, string> = { day: "Day", week: "Week", month: "Month" };

const compareNames: Record<CompareMode, string> = { previous: "Previous", year: "Year before", none: "Off" };

interface PeriodBarProps {
  view: View;
  /** The store's own today; undefined until it is known. */
  today: PlainDate | undefined;
  comparison: string | null;
}

/** Which period, which date, compared with what: links, because the address is the state. */
export function PeriodBar({ view, today, comparison }: PeriodBarProps) {
  const { storeId } = route.useParams();
  const shown = view.date ?? today;
  const showsThePast =
    view.date !== undefined &&
    (today === undefined || periodStart(view.period, view.date) !== periodStart(view.period, today));
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
      <div className="flex items-center gap-2">
        <Step direction={-1} shown={shown} today={today} view={view} />
        <Step direction={1} shown={shown} today={today} view={view} />
        <div className="ml-1.5 min-w-0">
          <h2 className="font-semibold text-lg leading-tight tracking-tight" data-testid="period-name">
            {shown === undefined ? " " : periodName(view.period, shown)}
          </h2>
          <p className="min-h-5 text-[13px] text-ink-faint">{comparison}</p>
        </div>
        {showsThePast && (
          <Link
            className={buttonClass("quiet", "small")}
            params={{ storeId }}
            search={searchOf({ ...view, date: undefined })}
            to="/stores/$storeId"
          >
            {view.period === "day" ? "Today" : `This ${view.period}`}
          </Link>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Segmented label="Period">
          {periods.map((period) => (
            <Link
              activeOptions={{ exact: true }}
              className={segmentClass(period === view.period)}
              data-testid={`period-${period}`}
              key={period}
              params={{ storeId }}
              search={searchOf({ ...view, period })}
              to="/stores/$storeId"
            >
              {periodNames[period]}
            </Link>
          ))}
        </Segmented>
        <Segmented caption="Compare" label="Compare with">
          {compareModes.map((mode) => (
            <Link
              activeOptions={{ exact: true }}
              className={segmentClass(mode === view.compare)}
              data-testid={`compare-${mode}`}
              key={mode}
              params={{ storeId }}
              search={searchOf({ ...view, compare: mode })}
              to="/stores/$storeId"
            >
              {compareNames[mode]}
            </Link>
          ))}
        </Segmented>
      </div>
    </div>
  );
}

interface StepProps {
  view: View;
  direction: -1 | 1;
  shown: PlainDate | undefined;
  today: PlainDate | undefined;
}

function Step({ view, direction, shown, today }: StepProps) {
  const { storeId } = route.useParams();
  const target =
    shown === undefined || today === undefined ? undefined : stepFrom(view.period, shown, direction, today);
  const name = `${direction < 0 ? "Previous" : "Next"} ${view.period}`;
  const icon = <Icon name={direction < 0 ? "chevron-left" : "chevron-right"} />;
  if (target === undefined) {
    return (
      <button aria-label={name} className={buttonClass("quiet", "icon")} disabled type="button">
        {icon}
      </button>
    );
  }
  return (
    <Link
      aria-label={name}
      className={buttonClass("quiet", "icon")}
      data-testid={direction < 0 ? "previous-period" : "next-period"}
      params={{ storeId }}
      search={searchOf({ ...view, date: target === "current" ? undefined : target })}
      to="/stores/$storeId"
    >
      {icon}
    </Link>
  );
}
