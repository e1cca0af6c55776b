import type { Dashboard, Forecast } from "@metrica/client/owner.ts";
import { formatAverage, formatCount } from "@metrica/ui/format/number.ts";
import { HorizontalScroll } from "@metrica/ui/horizontal-scroll.tsx";
import { formatBarState, toAllBars } from "./chart-data.ts";
import { DownloadCsvButton } from "./download-csv-button.tsx";
import { withForecast } from "./forecast.ts";

const intervalLabels = { hour: "Hour", day: "Day", week: "Week", month: "Month" };

interface BucketTableProps {
  dashboard: Dashboard;
  baseline: string | null;
  forecast: Forecast | undefined;
}

/** The values of the charts as a table. It is the text alternative of the charts. */
export function BucketTable({ dashboard, baseline, forecast }: BucketTableProps) {
  const bars = withForecast(toAllBars(dashboard), forecast);
  return (
    <details className="group mt-4 border-border border-t pt-3">
      <summary
        className="w-fit rounded text-[13px] text-muted-foreground hover:text-foreground"
        data-testid="table-toggle"
      >
        Show table
      </summary>
      <HorizontalScroll className="mt-3" label="Visitors, exits and occupancy">
        <table className="w-full min-w-md text-right text-[13px] tabular-nums" data-testid="bucket-table">
          <caption className="sr-only">Visitors, exits and average occupancy of {dashboard.name}</caption>
          <thead className="text-muted-foreground">
            <tr className="border-border border-b *:py-1.5 *:font-normal">
              <th className="text-left" scope="col">
                {intervalLabels[dashboard.interval]}
              </th>
              <th scope="col">Visitors</th>
              <th scope="col">Exits</th>
              <th scope="col">Average occupancy</th>
              {baseline !== null && <th scope="col">{baseline}</th>}
              <th className="pl-6 text-left" scope="col">
                Status
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
