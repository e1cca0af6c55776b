import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { formatDay } from "@metrica/ui/format/time.ts";
import { LoadingState } from "@metrica/ui/loading-panel.tsx";
import { useEffect } from "react";
import { KpiTilesSkeleton } from "./kpi-tiles.tsx";

/** The place of the page while the live numbers load. */
export function StoreSkeleton() {
  useEffect(prepareDates, []);
  return (
    <LoadingState className="grid grid-cols-1 gap-5">
      <Skeleton className="h-32 sm:h-[86px]" />
      <Skeleton className="h-64 sm:h-[116px]" />
      <Skeleton className="h-28 sm:h-12" />
      <PeriodSkeleton />
    </LoadingState>
  );
}

/** The first date of a language takes a browser about 20 ms. It has them while the page waits for the numbers. */
function prepareDates() {
  const timer = setTimeout(() => formatDay("1970-01-01T00:00:00Z", "UTC"));
  return () => clearTimeout(timer);
}

/** The place of the sentence, the tiles and the chart while the period loads. */
export function PeriodSkeleton() {
  return (
    <div className="grid grid-cols-1 gap-4">
      <Skeleton className={summaryClass} />
      <KpiTilesSkeleton />
      <ChartSkeleton />
    </div>
  );
}

/** The place of the chart while it is drawn. */
export function ChartSkeleton() {
  return <Skeleton className="h-96" />;
}

/** The sentence about a period has room for its lines, so that the page does not move when it gets longer. */
export const summaryClass = "min-h-[3lh] sm:min-h-[2lh] xl:min-h-[1lh] print:min-h-0";
