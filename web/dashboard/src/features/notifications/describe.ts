import type { Channel, Delivery } from "@metrica/client/owner.ts";
import type { BadgeVariant } from "@metrica/ui/components/ui/badge.tsx";
import { incidentTitles } from "#shared/incident-types.ts";

/** Returns where a channel delivers to. */
export function describeTarget({ kind, url }: Pick<Channel, "kind" | "url">, email: string | null): string {
  return kind === "mail" ? `Email to ${email ?? "the address of your account"}` : `Webhook ${url}`;
}

const scopes: Record<Channel["scope"], string> = {
  store: "this store",
  own_stores: "all my stores",
  installation: "the whole installation",
};

/** Returns what a channel sends: of which stores, how urgent, which types, and when it does not. */
export function describeContent(channel: Channel): string {
  const { scope, minimum_severity, incident_types, quiet_hours } = channel;
  const kind = minimum_severity === "critical" ? "Critical incidents" : "All incidents";
  const types =
    incident_types === null
      ? ""
      : `, only ${incident_types.map((type) => incidentTitles[type].toLowerCase()).join(", ")}`;
  const quiet = quiet_hours === null ? "" : ` · nothing from ${quiet_hours.start} to ${quiet_hours.end}`;
  return `${kind} of ${scopes[scope]}${types}${quiet}`;
}

/** Whether a channel tells about incidents of a store. */
export function concernsStore({ scope, store_id }: Channel, storeId: string): boolean {
  return scope !== "store" || store_id === storeId;
}

export const deliveryTitles: Record<Delivery["type"], string> = {
  "incidents.changed": "Incidents",
  "notifications.test": "Test",
  "reports.period": "Report",
};

/** Returns the words for what became of a delivery. */
export function describeState({ state, attempts }: Pick<Delivery, "state" | "attempts">): {
  label: string;
  variant: BadgeVariant;
} {
  if (state === "delivered") return { label: "Delivered", variant: "success" };
  if (state === "failed") return { label: "Failed", variant: "destructive" };
  return attempts === 0
    ? { label: "Waiting", variant: "secondary" }
    : { label: "Will be tried again", variant: "warning" };
}
