import type { StoreHealth } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { describeStore } from "@metrica/ui/health.ts";
import { TriangleAlert, Video, WifiOff } from "lucide-react";

const icons = { online: Video, degraded: TriangleAlert, offline: WifiOff, no_cameras: Video };

/** The health of the cameras of a store. */
export function HealthBadge({ health }: { health: StoreHealth }) {
  const { label, variant } = describeStore(health);
  const Icon = icons[health.status];
  return (
    <Badge data-testid="health" variant={variant}>
      <Icon aria-hidden="true" />
      {label}
    </Badge>
  );
}
