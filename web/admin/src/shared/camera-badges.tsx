import { t } from "@lingui/core/macro";
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

function originLabel(origin: Camera["origin"]): string | null {
  if (origin === "generated") return t`Generated history`;
  return origin === "simulated" ? t`Simulated crossings` : null;
}

/** The badge of a camera with generated or simulated crossings. */
export function OriginBadge({ origin }: { origin: Camera["origin"] }) {
  const label = originLabel(origin);
  return label === null ? null : (
    <Badge variant="warning">
      <Sparkles aria-hidden="true" />
      {label}
    </Badge>
  );
}
