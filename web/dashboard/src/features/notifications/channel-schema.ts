import { t } from "@lingui/core/macro";
import type { Channel, ChannelCreate, IncidentType, QuietHours } from "@metrica/client/owner.ts";
import * as z from "zod/mini";

const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

export const channelSchema = z
  .object({
    kind: z.enum(["mail", "webhook"]),
    url: z.string().check(z.trim()),
    scope: z.enum(["store", "own_stores", "installation"]),
    minimum_severity: z.enum(["warning", "critical"]),
    all_types: z.boolean(),
    incident_types: z.array(z.custom<IncidentType>()),
    has_quiet_hours: z.boolean(),
    quiet_start: z.string(),
    quiet_end: z.string(),
  })
  .check(({ value, issues }) => {
    const report = (field: string, message: string) =>
      issues.push({ code: "custom", input: value, message, path: [field] });
    if (value.kind === "webhook" && !URL.canParse(value.url))
      report("url", t`Enter the address of your webhook. It begins with https://.`);
    if (!value.all_types && value.incident_types.length === 0)
      report("incident_types", t`Choose at least one type, or all types.`);
    if (!value.has_quiet_hours) return;
    if (!clockTime.test(value.quiet_start)) report("quiet_start", t`Enter a time.`);
    if (!clockTime.test(value.quiet_end)) report("quiet_end", t`Enter a time.`);
    else if (value.quiet_start === value.quiet_end)
      report("quiet_end", t`Enter another time than the start. To send nothing at all, disable the channel.`);
  });

export type ChannelValues = z.infer<typeof channelSchema>;

/** The fields of the form for the locations in the request. */
export const channelFields = {
  kind: "kind",
  url: "url",
  scope: "scope",
  store_id: "scope",
  minimum_severity: "minimum_severity",
  incident_types: "incident_types",
  quiet_hours: "quiet_end",
  "quiet_hours.start": "quiet_start",
} as const;

/** Returns the values of the form for a channel, or for a new one. */
export function toValues(channel: Channel | null): ChannelValues {
  return {
    kind: channel?.kind ?? "mail",
    url: channel?.url ?? "",
    scope: channel?.scope ?? "store",
    minimum_severity: channel?.minimum_severity ?? "warning",
    all_types: channel === null || channel.incident_types === null,
    incident_types: channel?.incident_types ?? [],
    has_quiet_hours: channel?.quiet_hours != null,
    quiet_start: channel?.quiet_hours?.start ?? "22:00",
    quiet_end: channel?.quiet_hours?.end ?? "07:00",
  };
}

/** Returns what a channel sends, as the API gets it. */
export function toContent(values: ChannelValues): {
  minimum_severity: ChannelValues["minimum_severity"];
  incident_types: IncidentType[] | null;
  quiet_hours: QuietHours | null;
} {
  return {
    minimum_severity: values.minimum_severity,
    incident_types: values.all_types ? null : values.incident_types,
    quiet_hours: values.has_quiet_hours ? { start: values.quiet_start, end: values.quiet_end } : null,
  };
}

/** Returns the request that creates a channel in the settings of a store. */
export function toNewChannel(values: ChannelValues, storeId: string): ChannelCreate {
  const { kind, url, scope } = values;
  return {
    kind,
    scope,
    enabled: true,
    ...toContent(values),
    ...(kind === "webhook" ? { url } : {}),
    ...(scope === "store" ? { store_id: storeId } : {}),
  };
}
