/*
 * The words for the health of cameras and stores. Both apps use them, and nothing else says how a camera is.
 */
import { plural, t } from "@lingui/core/macro";
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

/** Describes the status of a camera: `Online`, `Offline` or `Not connected yet`. */
export function describeCamera(status: CameraStatus): HealthDescription {
  if (status === "online") return { label: t`Online`, variant: "success" };
  if (status === "offline") return { label: t`Offline`, variant: "destructive" };
  return { label: t`Not connected yet`, variant: "secondary" };
}

/**
 * Describes the health of a store: `Online`, `1 of 2 cameras online`, `Check the cameras`, `Offline`, `Not connected yet` or
 * `No cameras`. All cameras of a degraded store may be online, with one that sees nothing.
 */
export function describeStore(health: StoreHealth): HealthDescription {
  const { status, cameras_online, cameras_total, last_seen_at } = health;
  if (status === "no_cameras") return { label: t`No cameras`, variant: "secondary" };
  if (status === "degraded") {
    const all = cameras_online === cameras_total;
    const label = all ? t`Check the cameras` : camerasOnline(cameras_online, cameras_total);
    return { label, variant: "warning" };
  }
  if (status === "online") return describeCamera("online");
  return describeCamera(last_seen_at === null ? "never_seen" : "offline");
}

function camerasOnline(online: number, total: number): string {
  return plural(online, { one: `# of ${total} cameras online`, other: `# of ${total} cameras online` });
}
