import type { Camera } from "@metrica/client/admin.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { describeCamera } from "@metrica/ui/health.ts";
import { Check, Clock, Sparkles, WifiOff } from "lucide-react";

const icons = { online: Check, offline: WifiOff, never_seen: Clock };

export function CameraStatusBadge({ status }: { status: Camera["status"] }) {
  const { label, variant } = describeCamera(status);
  const Icon = icons[status];
  return (
    <Badge data-testid="camera-status" variant={variant}>
      <Icon aria-hidden="true" />
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
    <Badge variant="warning">
      <Sparkles aria-hidden="true" />
      {label}
    </Badge>
  );
}
