import type { Camera } from "@metrica/client/admin.ts";
import { Badge, type Tone } from "@metrica/ui/badge.tsx";
import type { IconName } from "@metrica/ui/icon.tsx";

const statusBadges: Record<Camera["status"], { tone: Tone; icon: IconName; label: string }> = {
  online: { tone: "positive", icon: "check", label: "Online" },
  offline: { tone: "critical", icon: "offline", label: "Offline" },
  never_seen: { tone: "neutral", icon: "clock", label: "Never seen" },
};

export function CameraStatusBadge({ status }: { status: Camera["status"] }) {
  const { tone, icon, label } = statusBadges[status];
  return (
    <Badge icon={icon} testId="camera-status" tone={tone}>
      {label}
    </Badge>
  );
}

const originLabels: Record<Camera["origin"], string | null> = {
  camera: null,
  generated: "Generated history",
  simulated: "Simulated crossings",
};

/** The badge of a camera with generated or simulated crossings. */
export function OriginBadge({ origin }: { origin: Camera["origin"] }) {
  const label = originLabels[origin];
  return label === null ? null : (
    <Badge icon="sparkles" tone="caution">
      {label}
    </Badge>
  );
}
