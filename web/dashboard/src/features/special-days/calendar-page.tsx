import { t } from "@lingui/core/macro";
import type { CalendarDay } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { toLocalDateTime } from "@metrica/ui/local-date-time.ts";
import { Panel } from "@metrica/ui/panel.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { formatPlainDate, periodSpan } from "#features/store/calendar.ts";
import { useMyStore } from "#features/store-settings/my-store.ts";
import { holidayName } from "#shared/holiday-name.ts";
import { useServices } from "#shared/services.ts";
import { calendarQuery } from "./api/calendar.ts";
import { describeHours, isNotable } from "./day.ts";
import { MonthCalendar } from "./month-calendar.tsx";

const route = getRouteApi("/_signed-in/stores/$storeId/settings/calendar");
const SpecialDayDialog = lazy(() =>
  import("./special-day-dialog.tsx").then((module) => ({ default: module.SpecialDayDialog })),
);

/** The calendar of a store: a month with its opening hours, public holidays and special days. */
export function CalendarPage() {
  const { owner } = useServices();
  const { store_id, timezone } = useMyStore();
  const navigate = useNavigate();
  const today = toLocalDateTime(useNow(60_000), timezone).slice(0, 10);
  const month = route.useSearch().month ?? today.slice(0, 7);
  const calendar = useQuery(calendarQuery(owner, store_id, periodSpan("month", `${month}-01`, 1)));
  const [edited, setEdited] = useState<{ day: CalendarDay | null } | null>(null);
  const firstDay = month === today.slice(0, 7) ? today : `${month}-01`;
  return (
    <Panel
      aside={
        <Button
          data-testid="add-special-day"
          onClick={() => setEdited({ day: null })}
          size="sm"
          type="button"
          variant="outline"
        >{t`Add a special day`}</Button>
      }
      description={t`Days with other opening hours than usual, and notes. Charts, comparisons, forecasts and reports know them.`}
      title={t`Calendar`}
    >
      <LoadingPanel query={calendar} skeleton={<Skeleton className="h-80" />}>
        {({ days, first_weekday }) => (
          <div className="grid grid-cols-1 items-start gap-8 md:grid-cols-[auto_1fr]">
            <MonthCalendar
              days={days}
              firstWeekday={first_weekday}
              month={month}
              onDay={(day) => setEdited({ day })}
              onMonth={(next) =>
                void navigate({
                  to: "/stores/$storeId/settings/calendar",
                  params: { storeId: store_id },
                  search: next === today.slice(0, 7) ? {} : { month: next },
                  resetScroll: false,
                })
              }
              today={today}
            />
            <NotableDays days={days} onEdit={(day) => setEdited({ day })} />
          </div>
        )}
      </LoadingPanel>
      <Suspense>
        {edited !== null && (
          <SpecialDayDialog
            date={edited.day?.date ?? firstDay}
            day={edited.day}
            onClose={() => setEdited(null)}
            storeId={store_id}
          />
        )}
      </Suspense>
    </Panel>
  );
}

interface NotableDaysProps {
  days: readonly CalendarDay[];
  onEdit: (day: CalendarDay) => void;
}

/** The public holidays and the special days of a month. */
function NotableDays({ days, onEdit }: NotableDaysProps) {
  const notable = days.filter(isNotable);
  return (
    <div className="min-w-0">
      <h3 className="mb-3 font-medium text-sm">{t`Public holidays and special days`}</h3>
      {notable.length === 0 ? (
        <p className="text-muted-foreground text-sm">{t`None in this month. Select a day to change its opening hours or to add a note.`}</p>
      ) : (
        <ul className="divide-y divide-border">
          {notable.map((day) => (
            <NotableDay day={day} key={day.date} onEdit={() => onEdit(day)} />
          ))}
        </ul>
      )}
      <p className="mt-4 text-[13px] text-muted-foreground">{t`The public holidays are those of the country of the store, which your administrator sets.`}</p>
    </div>
  );
}

function NotableDay({ day, onEdit }: { day: CalendarDay; onEdit: () => void }) {
  const { date, note, hours_from } = day;
  const holiday = holidayName(day);
  const name = formatPlainDate(date);
  const hours = describeHours(day);
  return (
    <li className="flex items-start justify-between gap-4 py-3 first:pt-0" data-testid="special-day">
      <div className="min-w-0">
        <p className="font-medium text-sm">{name}</p>
        <p className="mt-0.5 text-[13px] text-muted-foreground tabular-nums">
          {[hours_from === "weekly" ? t`${hours}, as usual` : hours, note].filter(Boolean).join(" · ")}
        </p>
        {holiday !== null && (
          <Badge className="mt-1.5 whitespace-normal" variant="warning">
            {holiday}
          </Badge>
        )}
      </div>
      <Button
        aria-label={t`Edit ${name}`}
        onClick={onEdit}
        size="sm"
        type="button"
        variant="outline"
      >{t`Edit`}</Button>
    </li>
  );
}
