/*
 * The words for the health of cameras and stores. Both apps use them, and nothing else says how a camera is.
 */
import type { BadgeVariant } from "./components/ui/badge.tsx";

export type CameraStatus = "online" | "offline" | "never_seen";

/** The health of the cameras of a store. */
export interface StoreHealth {
  status: "online" | "degraded" | "offline" | "no_cameras";
  cameras_online: number;
  cameras_total: number;
  last_seen_at: string | null;
}

/** A word or a phrase for a status, and the tone of its badge. */
export interface HealthDescription {
  label: string;
  variant: BadgeVariant;
}

const cameras: Record<CameraStatus, HealthDescription> = {
  online: { label: "Online", variant: "success" },
  offline: { label: "Offline", variant: "destructive" },
  never_seen: { label: "Not connected yet", variant: "secondary" },
};

/** Describes the status of a camera: `Online`, `Offline` or `Not connected yet`. */
export function describeCamera(status: CameraStatus): HealthDescription {
  return cameras[status];
}

/** Describes the health of a store: `Online`, `1 of 2 cameras online`, `Offline`, `Not connected yet` or `No cameras`. */
export function describeStore(health: StoreHealth): HealthDescription {
  const { status, cameras_online, cameras_total, last_seen_at } = health;
  if (status === "no_cameras") return { label: "No cameras", variant: "secondary" };
  if (status === "degraded")
    return { label: `${cameras_online} of ${cameras_total} cameras online`, variant: "warning" };
  if (status === "online") return cameras.online;
  return last_seen_at === null ? cameras.never_seen : cameras.offline;
}
