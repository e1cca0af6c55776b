import type { Forecast } from "@metrica/client/owner.ts";
import { Panel } from "@metrica/ui/card.tsx";
import { BarChart } from "@metrica/ui/charts/bar-chart.tsx";
import { cn } from "@metrica/ui/cn.ts";
import { formatCount, formatShare, plural } from "@metrica/ui/format/number.ts";
import { useState } from "react";
import { type PlainDate, periodName, shortPeriodName } from "./calendar.ts";
import { barsAhead, type DayAhead, daysAhead, hourWords } from "./days-ahead.ts";
import { expectedWords } from "./expected.ts";

interface OutlookPanelProps {
  forecast: Forecast;
  /** The store-day that is now, and the wall clock at which store-days begin. */
  today: PlainDate;
  dayStart: string;
}

/** How many visitors to expect, hour by hour, for the rest of today and the week after: what staffing is decided by. */
export function OutlookPanel({ forecast, today, dayStart }: OutlookPanelProps) {
  const days = daysAhead(forecast.hours, dayStart);
  const [chosen, setChosen] = useState<PlainDate | null>(null);
  const day = days.find(({ date }) => date === chosen) ?? days.find(({ date }) => date !== today) ?? days[0];
  return (
    <Panel hint={outlookHint(forecast)} title="What to expect">
      {day === undefined ? (
        <p className="py-6 text-center text-ink-faint text-sm" data-testid="no-forecast">
          {forecast.reason ?? "The store is closed in the coming days."}
        </p>
      ) : (
        <>
          <fieldset className="relative mb-5 flex min-w-0 gap-2 overflow-x-auto p-0.5 pb-1">
            <legend className="sr-only">Day</legend>
            {days.map((each) => (
              <DayButton
                chosen={each === day}
                day={each}
                key={each.date}
                name={each.date === today ? "Rest of today" : shortPeriodName("day", each.date, today)}
                onChoose={() => setChosen(each.date)}
              />
            ))}
          </fieldset>
          <DayOutlook day={day} forecast={forecast} isToday={day.date === today} />
        </>
      )}
    </Panel>
  );
}

/** What the numbers stand on; nothing where there are none. */
function outlookHint({ reason, confidence, history_weeks }: Forecast): string | undefined {
  if (reason !== null) return undefined;
  return `Expected visitors per hour, from ${plural(history_weeks, "week")} of history; the range holds ${formatShare(confidence)} of the time`;
}

interface DayButtonProps {
  day: DayAhead;
  name: string;
  chosen: boolean;
  onChoose: () => void;
}

function DayButton({ day, name, chosen, onChoose }: DayButtonProps) {
  return (
    <button
      aria-pressed={chosen}
      className={cn(
        "min-w-24 flex-1 rounded-xl border px-3 py-2 text-left transition-colors",
        chosen ? "border-accent bg-accent-soft" : "border-line hover:bg-sunken",
      )}
      data-testid="day-ahead"
      onClick={onChoose}
      type="button"
    >
      <span className="block whitespace-nowrap text-ink-soft text-xs">{name}</span>
      <span className="block font-semibold text-lg tabular-nums tracking-tight">
        <span className="sr-only">about </span>
        <span aria-hidden="true" className="font-normal text-ink-faint">
          ~
        </span>
        {formatCount(day.visitors)}
      </span>
    </button>
  );
}

function DayOutlook({ day, forecast, isToday }: { day: DayAhead; forecast: Forecast; isToday: boolean }) {
  const { busiest } = day;
  const name = periodName("day", day.date);
  const words = `${name}: about ${formatCount(day.visitors)} ${isToday ? "more " : ""}visitors; the busiest hour is ${hourWords(busiest, forecast.timezone)}, with ${expectedWords({ value: busiest.visitors, low: busiest.low, high: busiest.high })}.`;
  return (
    <>
      <p className="mb-3 text-ink-soft text-sm tabular-nums" data-testid="day-ahead-words" role="status">
        {words}
      </p>
      <BarChart
        bars={barsAhead(day, forecast.timezone)}
        baselineName={null}
        describe={(bar) => (bar.expected === undefined ? [] : [expectedWords(bar.expected)])}
        height={200}
        summary={`Expected visitors per hour. ${words} The numbers are in the table below.`}
        testId="outlook-bars"
      />
      <details className="mt-4 border-line border-t pt-3">
        <summary className="w-fit rounded text-[13px] text-ink-soft hover:text-ink">Show the numbers</summary>
        <table
          className="mt-3 w-full max-w-md text-right text-[13px] tabular-nums"
          data-testid="outlook-table"
        >
          <caption className="sr-only">Expected visitors per hour, {name}</caption>
          <thead className="text-ink-faint">
            <tr className="border-line border-b *:py-1.5 *:font-normal">
              <th className="text-left" scope="col">
                Hour
              </th>
              <th scope="col">Expected</th>
              <th scope="col">Range</th>
            </tr>
          </thead>
          <tbody>
            {day.hours.map((hour) => (
              <tr className="border-line border-b last:border-0 *:py-1.5" key={hour.start}>
                <th className="text-left font-normal" scope="row">
                  {hourWords(hour, forecast.timezone)}
                </th>
                <td>{formatCount(hour.visitors)}</td>
                <td>
                  {formatCount(hour.low)}–{formatCount(hour.high)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
