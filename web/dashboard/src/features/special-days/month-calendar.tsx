import { t } from "@lingui/core/macro";
import type { CalendarDay } from "@metrica/client/owner.ts";
import { Calendar } from "@metrica/ui/components/ui/calendar.tsx";
import { formatPlainDate, type PlainDate } from "#features/store/calendar.ts";
import { holidayName } from "#shared/holiday-name.ts";
import { describeHours } from "./day.ts";

interface MonthCalendarProps {
  days: readonly CalendarDay[];
  month: string;
  today: PlainDate;
  firstWeekday: number;
  onMonth: (month: string) => void;
  onDay: (day: CalendarDay) => void;
}

/** A month of the calendar of a store. A click on a date opens it. */
export function MonthCalendar({ days, month, today, firstWeekday, onMonth, onDay }: MonthCalendarProps) {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const matches = (test: (day: CalendarDay) => boolean) => (date: Date) => {
    const day = byDate.get(toPlainDate(date));
    return day !== undefined && test(day);
  };
  return (
    <div className="mx-auto grid justify-items-center gap-3">
      <Calendar
        labels={{
          labelDayButton: (date) => {
            const plain = toPlainDate(date);
            const day = byDate.get(plain);
            const parts = day === undefined ? [] : [describeHours(day), holidayName(day), day.note];
            return [formatPlainDate(plain), ...parts].filter(Boolean).join(", ");
          },
        }}
        modifiers={{
          closed: matches(({ opening_hours }) => opening_hours.length === 0),
          holiday: matches(({ public_holiday }) => public_holiday !== null),
          special: matches(({ hours_from, note }) => hours_from === "special_day" || note !== null),
        }}
        modifiersClassNames={{
          closed: "text-muted-foreground *:line-through",
          holiday: "*:bg-warning-muted *:text-warning",
          special: "*:border *:border-primary",
        }}
        month={toDate(`${month}-01`)}
        onDayClick={(date) => {
          const day = byDate.get(toPlainDate(date));
          if (day !== undefined) onDay(day);
        }}
        onMonthChange={(date) => onMonth(toPlainDate(date).slice(0, 7))}
        mode="single"
        selected={undefined}
        today={toDate(today)}
        weekStartsOn={(firstWeekday % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6}
      />
      <Legend />
    </div>
  );
}

function Legend() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground text-xs">
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="size-3.5 rounded bg-warning-muted" />
        {t`Public holiday`}
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="size-3.5 rounded border border-primary" />
        {t`Special day`}
      </li>
      <li className="line-through">{t`Closed`}</li>
    </ul>
  );
}

/** Returns noon of a date in the time zone of the browser: the calendar shows dates without a time zone. */
function toDate(date: PlainDate): Date {
  return new Date(`${date}T12:00:00`);
}

function toPlainDate(date: Date): PlainDate {
  const month = String(date.getMonth() + 1).padStart(2, "0");
  return `${date.getFullYear()}-${month}-${String(date.getDate()).padStart(2, "0")}`;
}
