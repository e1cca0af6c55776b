import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Live } from "@metrica/client/owner.ts";
import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbSeparator,
} from "@metrica/ui/components/ui/breadcrumb.tsx";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { formatDate, formatDay, formatTime, formatTimeZone } from "@metrica/ui/format/time.ts";
import { cn } from "@metrica/ui/lib/utils.ts";
import { usePrintTime } from "@metrica/ui/use-print-time.ts";
import { Link } from "@tanstack/react-router";
import { SlidersHorizontal } from "lucide-react";
import { HealthBadge } from "#shared/health-badge.tsx";
import { ProvenanceBadges } from "#shared/provenance-badges.tsx";

function completeText(time: string): string {
  return t`data complete until ${time}`;
}

/** The time of printing by the clock of the store. It is on paper only. */
function PrintedAt({ timezone }: { timezone: string }) {
  const printedAt = new Date(usePrintTime()).toISOString();
  const [day, time] = [formatDate(printedAt, timezone), formatTime(printedAt, timezone)];
  return (
    <p className="hidden text-[13px] text-muted-foreground tabular-nums print:block" data-testid="printed-at">
      <Trans>
        Printed on {day}, {time}
      </Trans>
    </p>
  );
}

interface StoreHeaderProps {
  live: Live;
  /** Whether the user has no other store, and so needs no way back to the list. */
  isOnlyStore: boolean;
}

/** The name of the store, its local time and the state of its data. */
export function StoreHeader({ live, isOnlyStore }: StoreHeaderProps) {
  const { timezone, as_of, data_complete_until } = live;
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {!isOnlyStore && (
          <Breadcrumb className="print:hidden">
            <BreadcrumbList>
              <BreadcrumbItem>
                <BreadcrumbLink asChild>
                  <Link to="/">
                    <Trans>My stores</Trans>
                  </Link>
                </BreadcrumbLink>
              </BreadcrumbItem>
              <BreadcrumbSeparator />
            </BreadcrumbList>
          </Breadcrumb>
        )}
        <h1 className="mt-0.5 font-semibold text-2xl tracking-tight sm:text-[28px]" data-testid="store-name">
          {live.name}
        </h1>
        <p className="mt-0.5 text-[13px] text-muted-foreground tabular-nums">
          {formatDay(as_of, timezone)}, {formatTime(as_of, timezone)} · {formatTimeZone(timezone)}
          {data_complete_until !== null && <> · {completeText(formatTime(data_complete_until, timezone))}</>}
        </p>
        <PrintedAt timezone={timezone} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <ProvenanceBadges provenance={live.provenance} />
        <span className="print:hidden">
          <HealthBadge health={live.health} />
        </span>
        <Link
          className={cn(buttonVariants({ variant: "outline", size: "sm" }), "print:hidden")}
          data-testid="store-settings"
          params={{ storeId: live.store_id }}
          to="/stores/$storeId/settings"
        >
          <SlidersHorizontal />
          <Trans>Settings</Trans>
        </Link>
      </div>
    </header>
  );
}
