import type { StoreHealth } from "@metrica/client/owner.ts";
import { Badge, type Tone } from "@metrica/ui/badge.tsx";
import type { IconName } from "@metrica/ui/icon.tsx";

const badges: Record<StoreHealth["status"], { tone: Tone; icon: IconName }> = {
  online: { tone: "positive", icon: "camera" },
  degraded: { tone: "caution", icon: "alert" },
  offline: { tone: "critical", icon: "offline" },
  no_cameras: { tone: "neutral", icon: "camera" },
};

/** The status of the cameras of a store. */
export function HealthBadge({ health }: { health: StoreHealth }) {
  const { tone, icon } = badges[health.status];
  return (
    <Badge icon={icon} testId="health" tone={tone}>
      {healthLabel(health)}
    </Badge>
  );
}

function healthLabel({ status, cameras_online, cameras_total }: StoreHealth): string {
  switch (status) {
    case "no_cameras":
      return "No cameras";
    case "online":
      return cameras_total === 1 ? "Camera online" : `${cameras_total} cameras online`;
    case "degraded":
      return `${cameras_online} of ${cameras_total} cameras online`;
    case "offline":
      return cameras_total === 1 ? "Camera offline" : "All cameras offline";
  }
}
