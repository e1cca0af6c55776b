import type { Delivery } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useQuery } from "@tanstack/react-query";
import { useServices } from "#shared/services.ts";
import { deliveriesQuery } from "./api/deliveries.ts";
import { deliveryTitles, describeState } from "./describe.ts";

/** The last notifications of a channel and what became of them. */
export function DeliveryList({ channelId, timezone }: { channelId: string; timezone: string }) {
  const { owner } = useServices();
  const deliveries = useQuery(deliveriesQuery(owner, channelId));
  return (
    <LoadingPanel
      empty={<p className="text-[13px] text-muted-foreground">Nothing has been sent to this channel yet.</p>}
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
  const { type, state, created_at, attempts, outcome, next_attempt_at } = delivery;
  const { label, variant } = describeState(delivery);
  return (
    <li
      className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-3 py-2.5"
      data-testid="delivery"
    >
      <div className="min-w-0">
        <p className="text-[13px] tabular-nums">
          {deliveryTitles[type]}, {formatDateTime(created_at, timezone)}
        </p>
        {outcome !== null && state !== "delivered" && (
          <p className="text-[13px] text-muted-foreground tabular-nums">
            {outcome}
            {attempts > 1 && ` (${attempts} attempts)`}
            {next_attempt_at !== null && ` · next attempt ${formatDateTime(next_attempt_at, timezone)}`}
          </p>
        )}
      </div>
      <Badge variant={variant}>{label}</Badge>
    </li>
  );
}
