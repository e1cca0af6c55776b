import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Bucket, Dashboard, Footfall } from "@metrica/client/owner.ts";
import { BarChart } from "@metrica/ui/charts/bar-chart.tsx";
import type { Bar } from "@metrica/ui/charts/bucket.ts";
import { BarLegend } from "@metrica/ui/charts/legend.tsx";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { formatCount } from "@metrica/ui/format/number.ts";
import { formatTime, formatTimeRange } from "@metrica/ui/format/time.ts";
import { cn } from "@metrica/ui/lib/utils.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { noteLabel } from "#shared/note-labels.ts";
import { useServices } from "#shared/services.ts";
import { quarterHoursQuery } from "./api/get-quarter-hours.ts";
import { barTooltipLines, formatBarState } from "./chart-data.ts";
import type { StoreSearch } from "./search.ts";

interface QuarterHoursPanelProps {
  dashboard: Dashboard;
  hour: Bucket;
  /** The search parameters of the whole day. */
  daySearch: StoreSearch;
}

/** The visitors per quarter-hour of an hour. */
export function QuarterHoursPanel({ dashboard, hour, daySearch }: QuarterHoursPanelProps) {
  const { owner } = useServices();
  const { store_id, timezone } = dashboard;
  const range = formatTimeRange(hour, timezone);
  const rows = useQuery(quarterHoursQuery(owner, store_id, hour.start, hour.end));
  return (
    <Panel
      aside={
        <Link
          className={cn(buttonVariants({ variant: "outline", size: "sm" }), "print:hidden")}
          data-testid="all-hours"
          params={{ storeId: store_id }}
          resetScroll={false}
          search={daySearch}
          to="/stores/$storeId"
        >
          <ChevronLeft aria-hidden="true" />
          <Trans>All hours</Trans>
        </Link>
      }
      title={t`Visitors by quarter-hour, ${range}`}
    >
      <LoadingPanel query={rows} skeleton={<Skeleton className="h-60" />}>
        {(footfall) => <QuarterHours footfall={footfall} />}
      </LoadingPanel>
    </Panel>
  );
}

function QuarterHours({ footfall }: { footfall: Footfall }) {
  const bars = toQuarterBars(footfall);
  return (
    <>
      <BarLegend bars={bars} baselineLabel={null} expectedLabel={null} />
      <BarChart
        bars={bars}
        baselineLabel={null}
        summary={t`Visitors per quarter-hour. The table below has the values.`}
        testId="bars"
        tooltipLines={(bar) => barTooltipLines(bar, null)}
      />
      <table className="mt-4 w-full max-w-lg text-right text-[13px] tabular-nums" data-testid="quarter-table">
        <caption className="sr-only">{t`Visitors and exits per quarter-hour`}</caption>
        <thead className="text-muted-foreground">
          <tr className="border-border border-b *:py-1.5 *:font-normal">
            <th className="text-left" scope="col">
              {t`Quarter-hour`}
            </th>
            <th scope="col">{t`Visitors`}</th>
            <th scope="col">{t`Exits`}</th>
            <th className="pl-6 text-left" scope="col">
              {t`Status`}
            </th>
          </tr>
        </thead>
        <tbody>
          {footfall.rows.map((row, index) => (
            <tr className="border-border border-b last:border-0 *:py-1.5" key={row.start}>
              <th className="text-left font-normal" scope="row">
                {formatTimeRange(row, footfall.timezone)}
              </th>
              <td>{formatCount(row.visitors)}</td>
              <td>{formatCount(row.exits)}</td>
              <td className="pl-6 text-left text-muted-foreground">
                {bars[index] && [formatBarState(bars[index]), bars[index].note].filter(Boolean).join(" · ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Returns one bar per quarter-hour. */
function toQuarterBars({ rows, timezone }: Footfall): Bar[] {
  return rows.map((row) => ({
    key: row.start,
    label: formatTime(row.start, timezone),
    title: formatTimeRange(row, timezone),
    value: row.visitors,
    state: row.state,
    baseline: null,
    coverage: row.coverage,
    ...(row.note !== null && { note: noteLabel(row.note) }),
  }));
}
