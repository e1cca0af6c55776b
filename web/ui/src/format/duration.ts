import { plural, t } from "@lingui/core/macro";
import { formatSetting, unknownValue } from "./number.ts";

/** Returns a duration in its two largest units: `45 s`, `8 min 12 s`, `1 h 04 min`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds == null || !Number.isFinite(seconds)) return unknownValue;
  const total = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(total / 60);
  if (minutes === 0) return t`${total} s`;
  if (minutes < 60) {
    const seconds = pad(total % 60);
    return t`${minutes} min ${seconds} s`;
  }
  const [hours, rest] = [Math.floor(minutes / 60), pad(minutes % 60)];
  return t`${hours} h ${rest} min`;
}

/** Returns a setting in seconds as it was given, to a thousandth: `2.5 s`, `90 s`. Measured times are for `formatDuration`. */
export function formatSeconds(seconds: number): string {
  const total = formatSetting(seconds);
  return t`${total} s`;
}

/**
 * Returns the time since a timestamp: `just now`, `4 min ago`, `3 h ago`, `2 days ago`. A timestamp after `now` (milliseconds
 * since 1970) is `just now`.
 */
export function formatRelativeTime(timestamp: string | null | undefined, now: number): string {
  if (timestamp == null) return t({ message: "never", context: "a time" });
  const seconds = Math.max(0, (now - Date.parse(timestamp)) / 1000);
  if (seconds < 10) return t`just now`;
  if (seconds < 60) return ago(seconds, "second");
  if (seconds < 3600) return ago(seconds / 60, "minute");
  if (seconds < 36 * 3600) return ago(seconds / 3600, "hour");
  const days = Math.round(seconds / 86_400);
  return plural(days, { one: "# day ago", other: "# days ago" });
}

function ago(value: number, unit: "second" | "minute" | "hour"): string {
  const count = Math.floor(value);
  if (unit === "second") return t`${count} s ago`;
  return unit === "minute" ? t`${count} min ago` : t`${count} h ago`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
