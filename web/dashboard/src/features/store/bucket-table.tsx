import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Dashboard, Forecast } from "@metrica/client/owner.ts";
import { formatAverage, formatCount } from "@metrica/ui/format/number.ts";
import { HorizontalScroll } from "@metrica/ui/horizontal-scroll.tsx";
import { formatBarState, toAllBars } from "./chart-data.ts";
import { DownloadCsvButton } from "./download-csv-button.tsx";
import { withForecast } from "./forecast.ts";

interface BucketTableProps {
  dashboard: Dashboard;
  baseline: string | null;
  forecast: Forecast | undefined;
}

/** The values of the charts as a table. It is the text alternative of the charts. */
export function BucketTable({ dashboard, baseline, forecast }: BucketTableProps) {
  const bars = withForecast(toAllBars(dashboard), forecast);
  const { interval, name } = dashboard;
  const intervalLabels = { hour: t`Hour`, day: t`Day`, week: t`Week`, month: t`Month` };
  return (
    <details className="group mt-4 border-border border-t pt-3 print:hidden">
      <summary
        className="w-fit rounded text-[13px] text-muted-foreground hover:text-foreground"
        data-testid="table-toggle"
      >
        <Trans>Show table</Trans>
      </summary>
      <HorizontalScroll className="mt-3" label={t`Visitors, exits and occupancy`}>
        <table className="w-full min-w-md text-right text-[13px] tabular-nums" data-testid="bucket-table">
          <caption className="sr-only">
            <Trans>Visitors, exits and average occupancy of {name}</Trans>
          </caption>
          <thead className="text-muted-foreground">
            <tr className="border-border border-b *:py-1.5 *:font-normal">
              <th className="text-left" scope="col">
                {intervalLabels[interval]}
              </th>
              <th scope="col">{t`Visitors`}</th>
              <th scope="col">{t`Exits`}</th>
              <th scope="col">{t`Average occupancy`}</th>
              {baseline !== null && <th scope="col">{baseline}</th>}
              <th className="pl-6 text-left" scope="col">
                {t`Status`}
              </th>
            </tr>
          </thead>
          <tbody>
            {dashboard.buckets.map((bucket, index) => {
              const bar = bars[index];
              if (bar === undefined) return null;
              return (
                <tr className="border-border border-b last:border-0 *:py-1.5" key={bucket.start}>
                  <th className="text-left font-normal" scope="row">
                    {bar.title}
                  </th>
                  <td>{formatCount(bucket.visitors)}</td>
                  <td>{formatCount(bucket.exits)}</td>
                  <td>{formatAverage(bucket.occupancy_average)}</td>
                  {baseline !== null && <td>{formatCount(bucket.baseline_visitors)}</td>}
                  <td className="pl-6 text-left text-muted-foreground">
                    {[formatBarState(bar), bar.note, bar.annotation].filter(Boolean).join(" · ")}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </HorizontalScroll>
      <div className="mt-3">
        <DownloadCsvButton dashboard={dashboard} />
      </div>
    </details>
  );
}
