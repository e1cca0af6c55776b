import { formatDuration } from "@metrica/ui/format/duration.ts";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { formatLine, toLine } from "#features/line/geometry.ts";
import { formatWeek, formatWeekday } from "#features/stores/week.ts";

/** The actions of the audit log, in words. */
export const actionNames: Readonly<Record<string, string>> = {
  "camera.accept_instance": "Edge worker accepted",
  "camera.accept_view": "View accepted",
  "camera.archive": "Camera archived",
  "camera.change": "Camera changed",
  "camera.create": "Camera added",
  "camera.line": "Counting line changed",
  "camera.snapshot_request": "Snapshot requested",
  "count_check.create": "Manual count added",
  "import_window.close": "Import window closed",
  "import_window.open": "Import window opened",
  "incident.update": "Incident updated",
  "invite.accept": "Invitation accepted",
  "invite.create": "Owner invited",
  "invite.renew": "Invitation renewed",
  "invite.revoke": "Invitation revoked",
  "notification_channel.create": "Notification channel added",
  "notification_channel.delete": "Notification channel deleted",
  "notification_channel.update": "Notification channel changed",
  "occupancy.reset": "Occupancy corrected",
  "owner.remove": "Owner removed",
  "report_subscription.create": "Report subscribed",
  "report_subscription.delete": "Report subscription deleted",
  "report_subscription.unsubscribe": "Report unsubscribed by its link",
  "special_day.delete": "Special day deleted",
  "special_day.put": "Special day set",
  "store.archive": "Store archived",
  "store.change": "Store changed",
  "store.create": "Store added",
  "store.restore": "Store restored",
  "superadmin.add": "Superadmin added",
  "superadmin.remove": "Superadmin removed",
  "superadmin.sign_in": "Superadmin signed in first",
  "wall_link.create": "Wall link created",
  "wall_link.revoke": "Wall link revoked",
  "worker_key.create": "Worker key created",
  "worker_key.revoke": "Worker key revoked",
};

/** Returns the name of an action; of one that this page does not know yet, its code in words. */
export function actionName(action: string): string {
  return actionNames[action] ?? fromCode(action);
}

const fieldNames: Readonly<Record<string, string>> = {
  capacity: "Capacity",
  closing_grace_minutes: "Minutes until empty after closing",
  created_by: "Created by",
  day_start: "Day starts at",
  first_weekday: "Weeks begin on",
  hint: "Ends with",
  ignore_children: "Ignore children",
  instance_id: "Edge worker",
  is_counting_line: "Counts for the store",
  line: "Line",
  line_version: "Line version",
  min_stay_s: "Shortest stay",
  sample_fps: "Frames per second",
  snapshot_interval_s: "Snapshot interval",
  timezone: "Time zone",
};

/** Returns the label of a field: its name on the pages. */
export function fieldName(name: string): string {
  return fieldNames[name] ?? fromCode(name.replace(/_(at|s)$/, ""));
}

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * Returns a value of the audit log in words: `Yes`, `26 Nov, 10:32`, `0.10, 0.50 → 0.90, 0.50`.
 *
 * @param timeZone The time zone of moments.
 */
export function formatValue(name: string, value: unknown, timeZone: string): string {
  const special = formatNamedValue(name, value);
  if (special !== undefined) return special;
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "string") return timestamp.test(value) ? formatDateTime(value, timeZone) : value;
  if (Array.isArray(value)) return value.map((item) => formatValue("", item, timeZone)).join(", ") || "none";
  if (isObject(value))
    return Object.entries(value)
      .map(([key, item]) => `${fieldName(key)}: ${formatValue(key, item, timeZone)}`)
      .join(", ");
  return String(value);
}

/** Returns the value of a field whose meaning its name tells; undefined for the others. */
function formatNamedValue(name: string, value: unknown): string | undefined {
  if (name === "line") return value === null ? "default line" : formatNumbers(value);
  if (name === "opening_hours" && (value === null || isObject(value)))
    return formatWeek(value as Parameters<typeof formatWeek>[0]);
  if (typeof value === "number" && name === "first_weekday") return formatWeekday(value);
  if (typeof value === "number" && name.endsWith("_s")) return formatDuration(value);
  if (typeof value === "string" && (name === "anchor" || name === "minimum_severity")) return fromCode(value);
  return undefined;
}

function formatNumbers(value: unknown): string {
  return Array.isArray(value) ? formatLine(toLine(value as number[])) : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `closed_on_holidays` → `Closed on holidays` */
function fromCode(code: string): string {
  const words = code.replace(/[_.]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
