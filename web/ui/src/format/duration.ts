import { unknownValue } from "./number.ts";

/** Returns a duration in its two largest units: `45 s`, `8 min 12 s`, `1 h 04 min`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds == null || !Number.isFinite(seconds)) return unknownValue;
  const total = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(total / 60);
  if (minutes === 0) return `${total} s`;
  if (minutes < 60) return `${minutes} min ${pad(total % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/**
 * Returns the time since a timestamp: `just now`, `4 min ago`, `3 h ago`, `2 days ago`. A timestamp after `now` (milliseconds
 * since 1970) is `just now`.
 */
export function formatRelativeTime(timestamp: string | null | undefined, now: number): string {
  if (timestamp == null) return "never";
  const seconds = Math.max(0, (now - Date.parse(timestamp)) / 1000);
  if (seconds < 10) return "just now";
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 36 * 3600) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.round(seconds / 86_400);
  return `${days} ${days === 1 ? "day" : "days"} ago`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
