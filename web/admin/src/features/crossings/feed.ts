import { t } from "@lingui/core/macro";
import type { Crossing, Crossings } from "@metrica/client/admin.ts";
import { formatCount, formatDecimal } from "@metrica/ui/format/number.ts";

/** The crossings of a camera that a page shows, and where the next request goes on. */
export interface CrossingFeed {
  /** Stored last first. */
  crossings: readonly Crossing[];
  /** Whether there are more that the feed does not have. */
  leftOut: boolean;
  nextAfter: string;
  /** From when on the edge box surely counts with the present line. */
  lineUsedFrom: string;
  /** The last crossing from then on; null without one. */
  lastCrossingAt: string | null;
}

/** Crossings that a page keeps. */
export const maxCrossings = 100;

/** Returns the feed with a further response. A response repeats crossings of the last seconds: each is kept once. */
export function mergeCrossings(known: CrossingFeed | undefined, response: Crossings): CrossingFeed {
  const earlier = known?.crossings ?? [];
  const ids = new Set(earlier.map((crossing) => crossing.event_id));
  const added = response.crossings.filter((crossing) => !ids.has(crossing.event_id));
  const merged = [...added, ...earlier].sort(
    (one, other) => Date.parse(other.received_at) - Date.parse(one.received_at),
  );
  return {
    crossings: merged.slice(0, maxCrossings),
    leftOut: response.left_out || (known?.leftOut ?? false) || merged.length > maxCrossings,
    nextAfter: response.next_after,
    lineUsedFrom: response.line_used_from,
    lastCrossingAt: response.last_crossing_at,
  };
}

/** Describes the delay of a crossing: `0.8 s`, `12 s`, `3 min`. Below zero, the clock of the edge box is ahead. */
export function formatDelay(seconds: number): string {
  if (seconds >= 90) {
    const minutes = formatCount(Math.round(seconds / 60));
    return t`${minutes} min`;
  }
  const size = seconds < 10 ? formatDecimal(Math.abs(seconds)) : formatCount(Math.round(seconds));
  const value = seconds < 0 ? `−${size}` : size;
  return t`${value} s`;
}
