import { t } from "@lingui/core/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { formatDuration } from "@metrica/ui/format/duration.ts";

/** Returns the name of the point of a person that must cross the line. */
export function anchorName(anchor: Camera["anchor"]): string {
  return anchor === "foot" ? t`Foot` : t({ message: "Center", context: "of a person" });
}

/** `5 min`, or that snapshots are sent on request only. */
export function formatSnapshotInterval(seconds: number): string {
  return seconds === 0 ? t`Only on request` : formatDuration(seconds);
}
