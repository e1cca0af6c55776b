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
import { formatDay, formatTime, formatTimeZone } from "@metrica/ui/format/time.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { SlidersHorizontal } from "lucide-react";
import { meQuery } from "#features/session/api/get-me.ts";
import { HealthBadge } from "#shared/health-badge.tsx";
import { ProvenanceBadges } from "#shared/provenance-badges.tsx";
import { useServices } from "#shared/services.ts";

function completeText(time: string): string {
  return t`data complete until ${time}`;
}

/** The name of the store, its local time and the state of its data. A user of one store needs no way back to the list. */
export function StoreHeader({ live }: { live: Live }) {
  const { owner } = useServices();
  const me = useQuery(meQuery(owner));
  const { timezone, as_of, data_complete_until } = live;
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {me.data?.stores.length !== 1 && (
          <Breadcrumb>
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
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <ProvenanceBadges provenance={live.provenance} />
        <HealthBadge health={live.health} />
        <Link
          className={buttonVariants({ variant: "outline", size: "sm" })}
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
