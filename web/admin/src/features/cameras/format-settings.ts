import { formatDuration } from "@metrica/ui/format/duration.ts";

/** `5 min`, or that snapshots are sent on request only. */
export function formatSnapshotInterval(seconds: number): string {
  return seconds === 0 ? "Only on request" : formatDuration(seconds);
}
