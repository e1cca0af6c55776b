import { t } from "@lingui/core/macro";
import type { IncidentType } from "@metrica/client/owner.ts";
import { formatDuration } from "@metrica/ui/format/duration.ts";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { incidentTitle } from "@metrica/ui/incidents/incident-types.ts";
import { anchorName } from "#features/cameras/format-settings.ts";
import { formatLine, toLine } from "#features/line/geometry.ts";
import { countryName } from "#features/stores/country.ts";
import { formatWeek, formatWeekday } from "#features/stores/week.ts";
import { yesOrNo } from "#shared/yes-or-no.ts";

/** Returns the actions of the audit log, in words. */
export function actionNames(): Readonly<Record<string, string>> {
  return {
    "camera.accept_instance": t`Edge worker accepted`,
    "camera.accept_view": t`View accepted`,
    "camera.archive": t`Camera archived`,
    "camera.change": t`Camera changed`,
    "camera.create": t`Camera added`,
    "camera.line": t`Counting line changed`,
    "camera.snapshot_request": t`Snapshot requested`,
    "count_check.create": t`Manual count added`,
    "import_window.close": t`Import window closed`,
    "import_window.open": t`Import window opened`,
    "incident.update": t`Incident updated`,
    "invite.accept": t`Invitation accepted`,
    "invite.create": t`Owner invited`,
    "invite.renew": t`Invitation renewed`,
    "invite.revoke": t`Invitation revoked`,
    "notification_channel.create": t`Notification channel added`,
    "notification_channel.delete": t`Notification channel deleted`,
    "notification_channel.update": t`Notification channel changed`,
    "occupancy.reset": t`Occupancy corrected`,
    "owner.remove": t`Owner removed`,
    "report_subscription.create": t`Report subscribed`,
    "report_subscription.delete": t`Report subscription deleted`,
    "report_subscription.unsubscribe": t`Report unsubscribed by its link`,
    "special_day.delete": t`Special day deleted`,
    "special_day.put": t`Special day set`,
    "store.archive": t`Store archived`,
    "store.change": t`Store changed`,
    "store.create": t`Store added`,
    "store.restore": t`Store restored`,
    "superadmin.add": t`Superadmin added`,
    "superadmin.remove": t`Superadmin removed`,
    "superadmin.sign_in": t`Superadmin signed in first`,
    "wall_link.create": t`Wall link created`,
    "wall_link.revoke": t`Wall link revoked`,
    "worker_key.create": t`Worker key created`,
    "worker_key.revoke": t`Worker key revoked`,
  };
}

/** Returns the name of an action; of one that this page does not know yet, its code in words. */
export function actionName(action: string): string {
  return actionNames()[action] ?? fromCode(action);
}

function fieldNames(): Readonly<Record<string, string>> {
  return {
    acknowledged_at: t`Acknowledged`,
    acknowledged_by: t`Acknowledged by`,
    added_at: t`Added`,
    added_by: t`Added by`,
    always_open: t`Always open`,
    anchor: t`Anchor`,
    archived_at: t`Archived`,
    at: t`Time`,
    camera_name: t`Camera`,
    capacity: t`Capacity`,
    closed_at: t({ message: "Closed", context: "an incident" }),
    closed_by: t`Closed by`,
    closed_on_holidays: t`Closed on public holidays`,
    closing_grace_minutes: t`Minutes until empty after closing`,
    counted_in: t`Counted IN`,
    counted_out: t`Counted OUT`,
    country: t`Public holidays of`,
    created_by: t`Created by`,
    day: t`Day`,
    day_start: t`Day starts at`,
    detail: t`Detail`,
    disabled_reason: t`Reason for switching off`,
    email: t`Email`,
    enabled_since: t`Switched on`,
    ended_at: t`Ended`,
    expires_at: t`Expires`,
    facts: t`Numbers`,
    first_weekday: t`Weeks begin on`,
    hint: t`Ends with`,
    ignore_children: t`Ignore children`,
    incident_types: t`Types of incidents`,
    instance_id: t`Edge worker`,
    is_counting_line: t`Counts for the store`,
    kind: t`Kind`,
    last_used_at: t`Last used`,
    line: t`Line`,
    line_version: t`Line version`,
    manual_in: t`Manual count IN`,
    manual_out: t`Manual count OUT`,
    min_stay_s: t`Shortest stay`,
    minimum_severity: t`At least`,
    muted_until: t`Muted until`,
    name: t`Name`,
    note: t`Note`,
    occupancy: t`Occupancy`,
    opened_at: t`Opened`,
    opened_by: t`Opened by`,
    opening_hours: t`Opening hours`,
    period: t`Period`,
    quiet_from: t`Quiet from`,
    quiet_until: t`Quiet until`,
    region: t`Region`,
    remedy: t`Remedy`,
    reported_until: t`Reported until`,
    revoked_at: t({ message: "Revoked", context: "a worker key" }),
    sample_fps: t`Frames per second`,
    scope: t`Scope`,
    snapshot_interval_s: t`Snapshot interval`,
    snapshot_requested_at: t`Snapshot requested`,
    started_at: t`Started`,
    store_name: t`Store`,
    timezone: t`Time zone`,
    type: t`Type`,
    url: t`URL`,
    user_id: t`User`,
    view_accepted_at: t`View accepted`,
    window_end: t`End`,
    window_start: t`Start`,
  };
}

/** Returns the label of a field: its name on the pages. */
export function fieldName(name: string): string {
  return fieldNames()[name] ?? fromCode(name.replace(/_(at|s)$/, ""));
}

const timeOfDay = /^\d\d:\d\d:\d\d$/;
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * Returns a value of the audit log in words: `Yes`, `26 Nov, 10:32`, `0.10, 0.50 → 0.90, 0.50`.
 *
 * @param timeZone The time zone of moments.
 */
export function formatValue(name: string, value: unknown, timeZone: string): string {
  const special = formatNamedValue(name, value);
  if (special !== undefined) return special;
  if (value === null || value === undefined || value === "") return none();
  if (typeof value === "boolean") return yesOrNo(value);
  if (typeof value === "string") return timestamp.test(value) ? formatDateTime(value, timeZone) : value;
  if (Array.isArray(value))
    return value.map((item) => formatValue(name, item, timeZone)).join(", ") || none();
  if (isObject(value))
    return Object.entries(value)
      .map(([key, item]) => `${fieldName(key)}: ${formatValue(key, item, timeZone)}`)
      .join(", ");
  return String(value);
}

/** Returns the value of a field whose meaning its name tells; undefined for the others. */
function formatNamedValue(name: string, value: unknown): string | undefined {
  if (name === "line") return value === null ? t`default line` : formatNumbers(value);
  if (name === "opening_hours" && (value === null || isObject(value)))
    return formatWeek(value as Parameters<typeof formatWeek>[0]);
  if (typeof value === "number" && name === "first_weekday") return formatWeekday(value);
  if (typeof value === "number" && name.endsWith("_s")) return formatDuration(value);
  return typeof value === "string" ? formatWord(name, value) : undefined;
}

/** Returns a value that is a word of the API; undefined for a name, which is as its author wrote it. */
function formatWord(name: string, value: string): string | undefined {
  if (name === "anchor" && (value === "foot" || value === "center")) return anchorName(value);
  if (name === "country") return countryName(value);
  if (timeOfDay.test(value)) return value.slice(0, 5);
  const words = apiWords()[name];
  return words === undefined ? undefined : (words[value] ?? incidentWord(value) ?? fromCode(value));
}

/** The words of the API, by the field whose value they are. */
function apiWords(): Record<string, Record<string, string>> {
  return {
    incident_types: {},
    type: {},
    kind: { mail: t`Email`, webhook: t`Webhook` },
    minimum_severity: { critical: t`Critical`, warning: t`Warning` },
    period: { day: t`Day`, week: t`Week`, month: t`Month` },
    scope: {
      store: t`This store`,
      own_stores: t`All stores of the user`,
      installation: t`The whole installation`,
    },
  };
}

function incidentWord(value: string): string | undefined {
  return incidentTitle(value as IncidentType) as string | undefined;
}

function none(): string {
  return t({ message: "none", context: "a value" });
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
