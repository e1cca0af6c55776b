import { t } from "@lingui/core/macro";
import type { Channel, Delivery } from "@metrica/client/owner.ts";
import type { BadgeVariant } from "@metrica/ui/components/ui/badge.tsx";
import { incidentTitle } from "@metrica/ui/incidents/incident-types.ts";

/** Returns where a channel delivers to. */
export function describeTarget({ kind, url }: Pick<Channel, "kind" | "url">, email: string | null): string {
  if (kind === "webhook") return url === null ? t`Webhook` : t`Webhook ${url}`;
  return email === null ? t`Email to the address of your account` : t`Email to ${email}`;
}

/** Returns what a channel sends: of which stores, how urgent, which types, and when it does not. */
export function describeContent({ scope, minimum_severity, incident_types, quiet_hours }: Channel): string {
  const parts = [minimum_severity === "critical" ? criticalOf(scope) : allOf(scope)];
  if (incident_types !== null) {
    const types = incident_types.map(incidentTitle).join(", ");
    parts.push(t`only: ${types}`);
  }
  if (quiet_hours !== null) {
    const { start, end } = quiet_hours;
    parts.push(t`nothing from ${start} to ${end}`);
  }
  return parts.join(" · ");
}

function allOf(scope: Channel["scope"]): string {
  const texts: Record<Channel["scope"], string> = {
    store: t`All incidents of this store`,
    own_stores: t`All incidents of all my stores`,
    installation: t`All incidents of the whole installation`,
  };
  return texts[scope];
}

function criticalOf(scope: Channel["scope"]): string {
  const texts: Record<Channel["scope"], string> = {
    store: t`Critical incidents of this store`,
    own_stores: t`Critical incidents of all my stores`,
    installation: t`Critical incidents of the whole installation`,
  };
  return texts[scope];
}

/** Returns what a delivery is about. */
export function deliveryTitle(type: Delivery["type"]): string {
  const titles: Record<Delivery["type"], string> = {
    "incidents.changed": t`Incidents`,
    "notifications.test": t`Test`,
    "reports.period": t`Report`,
  };
  return titles[type];
}

/** Returns the words for what became of a delivery. */
export function describeState({ state, attempts }: Pick<Delivery, "state" | "attempts">): {
  label: string;
  variant: BadgeVariant;
} {
  if (state === "delivered") return { label: t`Delivered`, variant: "success" };
  if (state === "failed") return { label: t`Failed`, variant: "destructive" };
  return attempts === 0
    ? { label: t`Waiting`, variant: "secondary" }
    : { label: t`Will be tried again`, variant: "warning" };
}
