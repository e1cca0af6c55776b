import type { Wall } from "@metrica/client/owner.ts";

/** After this time without an answer the number is no longer shown: people would act on it. */
export const STALE_AFTER_MS = 30_000;

/**
 * What the screen tells: people may enter, or must wait; or only how many are inside, when the store has no capacity; or that the store
 * is closed; or that nobody knows.
 */
export type WallSign = "enter" | "wait" | "count" | "closed" | "unknown";

/** Returns what the screen tells. `ageMs` is the age of the answer. */
export function wallSign(wall: Wall, ageMs: number): WallSign {
  const { occupancy, capacity, health } = wall;
  if (ageMs > STALE_AFTER_MS) return "unknown";
  if (!wall.is_open) return "closed";
  if (occupancy === null || health.status === "offline" || health.status === "no_cameras") return "unknown";
  if (capacity === null) return "count";
  return occupancy >= capacity ? "wait" : "enter";
}
