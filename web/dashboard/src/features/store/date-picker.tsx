import { t } from "@lingui/core/macro";
import { Button, buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { Calendar } from "@metrica/ui/components/ui/calendar.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "@metrica/ui/components/ui/popover.tsx";
import { Link, useNavigate } from "@tanstack/react-router";
import { CalendarDays } from "lucide-react";
import { useState } from "react";
import { addDays, formatPlainDate, type PlainDate } from "./calendar.ts";
import { isRange, maxRangeDays, toSearch, type View, type ViewedDays, viewSpan, withDays } from "./search.ts";

export interface DatePickerProps {
  storeId: string;
  view: View;
  today: PlainDate;
  firstWeekday: number;
}

/** The popover with the calendar and the rolling periods. It opens when it is mounted: it loads with the first click. */
export function DatePicker({ storeId, view, today, firstWeekday }: DatePickerProps) {
  const [open, setOpen] = useState(true);
  const [first, setFirst] = useState<PlainDate | null>(null);
  const [error, setError] = useState<string | null>(null);
  const navigate = useNavigate();
  const rollingPeriods = [
    { period: "last7", label: t`Last 7 days` },
    { period: "last28", label: t`Last 28 days` },
  ] as const;

  const show = (days: ViewedDays) => {
    setOpen(false);
    void navigate({
      to: "/stores/$storeId",
      params: { storeId },
      search: toSearch(withDays(view, days)),
      resetScroll: false,
    });
  };

  function selectDay(day: PlainDate) {
    setError(null);
    if (first === null) return setFirst(day);
    if (day === first) return show({ period: "day", ...(day === today ? {} : { date: day }) });
    const [from, last] = day < first ? [day, first] : [first, day];
    const to = addDays(last, 1);
    if (isRange({ start: from, end: to })) return show({ period: "range", from, to });
    setFirst(null);
    setError(t`Select at most ${maxRangeDays} days.`);
  }

  const shown = viewSpan(view, today, firstWeekday);
  const selected =
    first !== null
      ? { from: toDate(first), to: toDate(first) }
      : shown && { from: toDate(shown.start), to: toDate(addDays(shown.end, -1)) };
  return (
    <Popover
      onOpenChange={(isOpen) => {
        setOpen(isOpen);
        setFirst(null);
        setError(null);
      }}
      open={open}
    >
      <PopoverTrigger asChild>
        <Button
          aria-label={t`Choose days`}
          data-testid="date-picker"
          size="icon"
          type="button"
          variant="outline"
        >
          <CalendarDays />
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label={t`Choose days`} className="grid gap-4" data-testid="calendar">
        <div className="flex flex-wrap gap-2">
          {rollingPeriods.map(({ period, label }) => (
            <Link
              className={buttonVariants({ variant: "outline", size: "sm" })}
              data-testid={`period-${period}`}
              key={period}
              onClick={() => setOpen(false)}
              params={{ storeId }}
              resetScroll={false}
              search={toSearch(withDays(view, { period }))}
              to="/stores/$storeId"
            >
              {label}
            </Link>
          ))}
        </div>
        <Calendar
          autoFocus
          defaultMonth={toDate(
            shown === undefined ? today : addDays(shown.end, -1) > today ? today : shown.start,
          )}
          disabled={{ after: toDate(today) }}
          endMonth={toDate(today)}
          mode="range"
          onDayClick={(day, modifiers) => {
            if (!modifiers.disabled) selectDay(toPlainDate(day));
          }}
          selected={selected}
          today={toDate(today)}
          weekStartsOn={toWeekday(firstWeekday)}
        />
        <p className="max-w-64 text-muted-foreground text-xs" data-testid="calendar-hint" role="status">
          {error ?? hint(first)}
        </p>
      </PopoverContent>
    </Popover>
  );
}

function hint(first: PlainDate | null): string {
  if (first === null) return t`Select the first and the last day. Select a day twice to see its hours.`;
  const day = formatPlainDate(first);
  return t`From ${day}. Select the last day, or the same day again.`;
}

/** Returns noon of a date in the time zone of the browser: the calendar shows dates without a time zone. */
function toDate(date: PlainDate): Date {
  return new Date(`${date}T12:00:00`);
}

function toPlainDate(date: Date): PlainDate {
  const month = String(date.getMonth() + 1).padStart(2, "0");
  return `${date.getFullYear()}-${month}-${String(date.getDate()).padStart(2, "0")}`;
}

/** Returns a weekday as in `Date`, where 0 is Sunday. 1 is Monday in both. */
function toWeekday(weekday: number): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  return (weekday % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6;
}
