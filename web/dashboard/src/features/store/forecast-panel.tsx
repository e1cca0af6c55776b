import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Forecast } from "@metrica/client/owner.ts";
import { BarChart } from "@metrica/ui/charts/bar-chart.tsx";
import { formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { formatTimeRange } from "@metrica/ui/format/time.ts";
import { currentLanguage } from "@metrica/ui/language/language.ts";
import { cn } from "@metrica/ui/lib/utils.ts";
import { Panel } from "@metrica/ui/panel.tsx";
import { useState } from "react";
import { formatPeriod, type PlainDate, periodSpan } from "./calendar.ts";
import { type ForecastDay, formatExpected, toForecastBars, toForecastDays } from "./forecast.ts";
import { formatShortPeriod } from "./short-period.ts";

interface ForecastPanelProps {
  forecast: Forecast;
  /** The current store-day. */
  today: PlainDate;
  /** The local time at which store-days begin: `04:00`. */
  dayStart: string;
}

/** The expected visitors per hour for the rest of today and the next seven days. */
export function ForecastPanel({ forecast, today, dayStart }: ForecastPanelProps) {
  const days = toForecastDays(forecast.hours, dayStart);
  const [selectedDate, setSelectedDate] = useState<PlainDate | null>(null);
  const day =
    days.find(({ date }) => date === selectedDate) ?? days.find(({ date }) => date !== today) ?? days[0];
  return (
    <Panel description={forecastDescription(forecast)} title={t`Forecast`}>
      {day === undefined ? (
        <p className="py-6 text-center text-muted-foreground text-sm" data-testid="no-forecast">
          {noForecastText(forecast)}
        </p>
      ) : (
        <>
          <fieldset className="relative mb-5 flex min-w-0 gap-2 overflow-x-auto p-0.5 pb-1">
            <legend className="sr-only">{t`Day`}</legend>
            {days.map((each) => (
              <ForecastDayButton
                isSelected={each === day}
                day={each}
                key={each.date}
                name={
                  each.date === today
                    ? t`Rest of today`
                    : formatShortPeriod("day", periodSpan("day", each.date, 1), today)
                }
                onSelect={() => setSelectedDate(each.date)}
              />
            ))}
          </fieldset>
          <ForecastDayDetails day={day} forecast={forecast} isToday={day.date === today} />
        </>
      )}
    </Panel>
  );
}

/** Returns the description of the forecast; undefined without a forecast. */
function forecastDescription({ reason, confidence, history_weeks }: Forecast): string | undefined {
  if (reason !== null) return undefined;
  const share = formatShare(confidence);
  return plural(history_weeks, {
    one: `Expected visitors per hour, based on # week of history. ${share} of the actual values are in the range.`,
    other: `Expected visitors per hour, based on # weeks of history. ${share} of the actual values are in the range.`,
  });
}

/** Returns why there is no forecast. The API gives the reason in English. */
function noForecastText({ reason }: Forecast): string {
  if (reason === null) return t`The store is closed in the coming days.`;
  return currentLanguage() === "en" ? reason : t`A forecast needs several weeks of observed opening hours.`;
}

interface ForecastDayButtonProps {
  day: ForecastDay;
  name: string;
  isSelected: boolean;
  onSelect: () => void;
}

function ForecastDayButton({ day, name, isSelected, onSelect }: ForecastDayButtonProps) {
  return (
    <button
      aria-pressed={isSelected}
      className={cn(
        "min-w-24 flex-1 rounded-xl border px-3 py-2 text-left transition-colors",
        isSelected ? "border-primary bg-accent" : "border-border hover:bg-muted",
      )}
      data-testid="forecast-day"
      onClick={onSelect}
      type="button"
    >
      <span className="block whitespace-nowrap text-muted-foreground text-xs">{name}</span>
      <span className="block font-semibold text-lg tabular-nums tracking-tight">
        <span className="sr-only">{t({ message: "about", context: "a number" })} </span>
        <span aria-hidden="true" className="font-normal text-muted-foreground">
          ~
        </span>
        {formatCount(day.visitors)}
      </span>
    </button>
  );
}

function ForecastDayDetails({
  day,
  forecast,
  isToday,
}: {
  day: ForecastDay;
  forecast: Forecast;
  isToday: boolean;
}) {
  const { busiest } = day;
  const name = formatPeriod("day", periodSpan("day", day.date, 1));
  const visitors = formatCount(day.visitors);
  const hour = formatTimeRange(busiest, forecast.timezone);
  const expected = formatExpected({ value: busiest.visitors, low: busiest.low, high: busiest.high });
  const summary = isToday
    ? t`${name}: about ${visitors} more visitors expected. Busiest hour: ${hour}, ${expected}.`
    : t`${name}: about ${visitors} visitors expected. Busiest hour: ${hour}, ${expected}.`;
  return (
    <>
      <p
        className="mb-3 text-muted-foreground text-sm tabular-nums"
        data-testid="forecast-summary"
        role="status"
      >
        {summary}
      </p>
      <BarChart
        bars={toForecastBars(day, forecast.timezone)}
        baselineLabel={null}
        tooltipLines={(bar) => (bar.expected === undefined ? [] : [formatExpected(bar.expected)])}
        height={200}
        summary={t`Expected visitors per hour. ${summary} The table below has the values.`}
        testId="forecast-bars"
      />
      <details className="mt-4 border-border border-t pt-3">
        <summary className="w-fit rounded text-[13px] text-muted-foreground hover:text-foreground">
          <Trans>Show table</Trans>
        </summary>
        <table
          className="mt-3 w-full max-w-md text-right text-[13px] tabular-nums"
          data-testid="forecast-table"
        >
          <caption className="sr-only">
            <Trans>Expected visitors per hour, {name}</Trans>
          </caption>
          <thead className="text-muted-foreground">
            <tr className="border-border border-b *:py-1.5 *:font-normal">
              <th className="text-left" scope="col">
                {t`Hour`}
              </th>
              <th scope="col">{t({ message: "Expected", context: "visitors" })}</th>
              <th scope="col">{t`Range`}</th>
            </tr>
          </thead>
          <tbody>
            {day.hours.map((hour) => (
              <tr className="border-border border-b last:border-0 *:py-1.5" key={hour.start}>
                <th className="text-left font-normal" scope="row">
                  {formatTimeRange(hour, forecast.timezone)}
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
