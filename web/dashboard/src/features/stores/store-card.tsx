import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { StoreSummary } from "@metrica/client/owner.ts";
import { Sparkline } from "@metrica/ui/charts/sparkline.tsx";
import { formatCount } from "@metrica/ui/format/number.ts";
import { formatTimeZone } from "@metrica/ui/format/time.ts";
import { Link } from "@tanstack/react-router";
import { HealthBadge } from "#shared/health-badge.tsx";
import { ProvenanceBadges } from "#shared/provenance-badges.tsx";

interface StoreCardProps {
  store: StoreSummary;
  /** How today so far compares with the same weekday of last week; undefined while it loads. */
  comparison: string | null | undefined;
}

/** The summary of a store. The whole card links to the page of the store. */
export function StoreCard({ store, comparison }: StoreCardProps) {
  const { name, timezone, occupancy, visitors_today } = store;
  return (
    <Link
      className="group grid min-w-0 content-between gap-5 rounded-2xl border border-border bg-card p-5 shadow-card transition-colors hover:border-input sm:p-6"
      data-testid="store-card"
      params={{ storeId: store.store_id }}
      to="/stores/$storeId"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2">
        <div className="min-w-0">
          <h2 className="font-semibold text-lg tracking-tight group-hover:text-accent-foreground">{name}</h2>
          <p className="text-[13px] text-muted-foreground">
            {formatTimeZone(timezone)}
            {!store.is_open && ` · ${t({ message: "closed", context: "a store" })}`}
          </p>
        </div>
        <HealthBadge health={store.health} />
      </div>
      <div className="flex items-end justify-between gap-6">
        <div>
          <p
            className="font-semibold text-6xl leading-none tracking-[-0.04em] tabular-nums"
            data-testid="store-occupancy"
          >
            {formatCount(occupancy)}
          </p>
          <p className="mt-1.5 text-[13px] text-muted-foreground">
            <Trans>in the store now</Trans>
          </p>
        </div>
        <div className="w-1/2 max-w-56">
          <Sparkline
            points={store.sparkline.map(({ start, visitors, state }) => ({
              key: start,
              value: visitors,
              state,
            }))}
            summary={t`Visitors of ${name} today, by hour`}
          />
          <p
            className="mt-1.5 text-right text-[13px] text-muted-foreground tabular-nums"
            data-testid="store-visitors"
          >
            {visitors_today === null
              ? t`No data today`
              : plural(visitors_today, { one: "# visitor today", other: "# visitors today" })}
          </p>
        </div>
      </div>
      {comparison !== null && (
        <p className="min-h-5 text-[13px] text-muted-foreground tabular-nums" data-testid="store-comparison">
          {comparison}
        </p>
      )}
      {(store.provenance.generated || store.provenance.simulated) && (
        <div className="flex flex-wrap gap-2">
          <ProvenanceBadges provenance={store.provenance} />
        </div>
      )}
    </Link>
  );
}
