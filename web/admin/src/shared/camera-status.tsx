import type { Camera } from "@metrica/client/admin.ts";
import { Badge, type Tone } from "@metrica/ui/badge.tsx";
import type { IconName } from "@metrica/ui/icon.tsx";

const looks: Record<Camera["status"], { tone: Tone; icon: IconName; words: string }> = {
  online: { tone: "positive", icon: "check", words: "Online" },
  offline: { tone: "critical", icon: "offline", words: "Offline" },
  never_seen: { tone: "neutral", icon: "clock", words: "Never seen" },
};

export function CameraStatusBadge({ status }: { status: Camera["status"] }) {
  const { tone, icon, words } = looks[status];
  return (
    <Badge icon={icon} testId="camera-status" tone={tone}>
      {words}
    </Badge>
  );
}

const originWords: Record<Camera["origin"], string | null> = {
  camera: null,
  generated: "Generated history",
  simulated: "Simulated crossings",
};

/** Says plainly when a camera's crossings were not counted by a camera. */
export function OriginBadge({ origin }: { origin: Camera["origin"] }) {
  const words = originWords[origin];
  return words === null ? null : (
    <Badge icon="sparkles" tone="caution">
      {words}
    </Badge>
  );
}
