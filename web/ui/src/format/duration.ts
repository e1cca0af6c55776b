import { unknown } from "./number.ts";

/** A length of stay in seconds, in the two largest units that matter: `45 s`, `8 min 12 s`, `1 h 04 min`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds == null || !Number.isFinite(seconds)) return unknown;
  const total = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(total / 60);
  if (minutes === 0) return `${total} s`;
  if (minutes < 60) return `${minutes} min ${pad(total % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** How long ago, coarse: `just now`, `4 min ago`, `3 h ago`, `2 days ago`. A moment ahead of `now` is `just now`. */
export function formatAgo(moment: string | null | undefined, now: number): string {
  if (moment == null) return "never";
  const seconds = Math.max(0, (now - Date.parse(moment)) / 1000);
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
