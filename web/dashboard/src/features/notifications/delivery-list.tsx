import { plural, t } from "@lingui/core/macro";
import type { Delivery } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useQuery } from "@tanstack/react-query";
import { useServices } from "#shared/services.ts";
import { deliveriesQuery } from "./api/deliveries.ts";
import { deliveryTitle, describeState } from "./describe.ts";

/** The last notifications of a channel and what became of them. */
export function DeliveryList({ channelId, timezone }: { channelId: string; timezone: string }) {
  const { owner } = useServices();
  const deliveries = useQuery(deliveriesQuery(owner, channelId));
  return (
    <LoadingPanel
      empty={
        <p className="text-[13px] text-muted-foreground">{t`Nothing has been sent to this channel yet.`}</p>
      }
      isEmpty={(data) => data.deliveries.length === 0}
      query={deliveries}
      skeleton={<Skeleton className="h-16" />}
    >
      {(data) => (
        <ul className="divide-y divide-border rounded-lg border border-border" data-testid="deliveries">
          {data.deliveries.map((delivery) => (
            <DeliveryItem delivery={delivery} key={delivery.delivery_id} timezone={timezone} />
          ))}
        </ul>
      )}
    </LoadingPanel>
  );
}

function DeliveryItem({ delivery, timezone }: { delivery: Delivery; timezone: string }) {
  const { type, state, created_at, outcome } = delivery;
  const { label, variant } = describeState(delivery);
  return (
    <li
      className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-3 py-2.5"
      data-testid="delivery"
    >
      <div className="min-w-0">
        <p className="text-[13px] tabular-nums">
          {deliveryTitle(type)}, {formatDateTime(created_at, timezone)}
        </p>
        {outcome !== null && state !== "delivered" && (
          <p className="text-[13px] text-muted-foreground tabular-nums">
            {[outcome, describeAttempts(delivery, timezone)].filter(Boolean).join(" · ")}
          </p>
        )}
      </div>
      <Badge variant={variant}>{label}</Badge>
    </li>
  );
}

/** Returns how often a notification was tried, and when it is tried again; empty after one final attempt. */
function describeAttempts({ attempts, next_attempt_at }: Delivery, timezone: string): string {
  const count = attempts > 1 ? plural(attempts, { one: "# attempt", other: "# attempts" }) : "";
  if (next_attempt_at === null) return count;
  const time = formatDateTime(next_attempt_at, timezone);
  return [count, t`next attempt ${time}`].filter(Boolean).join(" · ");
}
