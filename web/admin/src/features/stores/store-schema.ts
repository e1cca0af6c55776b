import { t } from "@lingui/core/macro";
import type { Store, StoreCreate } from "@metrica/client/admin.ts";
import { requiredText } from "@metrica/ui/form/rules.ts";
import {
  formatTimeRanges,
  OpeningHoursError,
  parseTimeRanges,
  type TimeRanges,
} from "@metrica/ui/opening-hours.ts";
import type { FieldPath } from "react-hook-form";
import * as z from "zod/mini";
import type { MergeField } from "#shared/conflict/conflict.ts";
import { yesOrNo } from "#shared/yes-or-no.ts";
import { countryName } from "./country.ts";
import { findTimeZone, timeZoneError, timeZones } from "./time-zone.ts";
import { findOverlap, formatWeekday, type Weekday, weekdayName, weekdays } from "./week.ts";

/** A day of the week with the text of its opening hours. */
const days = Object.fromEntries(weekdays.map((day) => [day, z.string()])) as Record<
  Weekday,
  z.ZodMiniString<string>
>;

/** Whole quarter-hours, as the API demands. */
const isClosingGrace = (text: string) =>
  /^\d{1,3}$/.test(text) && Number(text) <= 240 && Number(text) % 15 === 0;

export const storeSchema = z
  .object({
    name: requiredText(() => t`Enter a name.`, 120),
    timezone: z.pipe(
      z.string().check(z.refine((text) => findTimeZone(text) !== undefined, { error: timeZoneError })),
      z.transform((text) => findTimeZone(text) ?? text),
    ),
    day_start: requiredText(() => t`Enter a time.`),
    capacity: z.string().check(
      z.trim(),
      z.regex(/^([1-9]\d*)?$/, {
        error: () => t`Enter a whole number from 1, or leave the field empty.`,
      }),
    ),
    closing_grace_minutes: z.string().check(z.trim()),
    first_weekday: z.string(),
    country: z.string(),
    region: z.string(),
    closed_on_holidays: z.boolean(),
    always_open: z.boolean(),
    days: z.object(days),
  })
  .check(({ value, issues }) => {
    if (value.always_open) return;
    for (const [day, message] of Object.entries(parseWeek(value.days).errors))
      issues.push({ code: "custom", input: value, message, path: ["days", day] });
    if (!isClosingGrace(value.closing_grace_minutes))
      issues.push({
        code: "custom",
        input: value,
        message: t`Enter 0, 15, 30 or another multiple of 15, at most 240.`,
        path: ["closing_grace_minutes"],
      });
  });

/** The values of the form as text. */
export type StoreValues = z.input<typeof storeSchema>;

/** The values of the form after validation. */
export type StoreOutput = z.output<typeof storeSchema>;

/** The field of the form for each member of the request. */
export const apiFields: Record<string, FieldPath<StoreValues>> = {
  name: "name",
  timezone: "timezone",
  day_start: "day_start",
  capacity: "capacity",
  closing_grace_minutes: "closing_grace_minutes",
  first_weekday: "first_weekday",
  country: "country",
  region: "region",
  closed_on_holidays: "closed_on_holidays",
  opening_hours: "days.mon",
  ...Object.fromEntries(weekdays.map((day) => [`opening_hours.${day}`, `days.${day}` as const])),
};

/** What another superadmin can change while the form is open. */
export function mergedFields(): readonly MergeField<Store>[] {
  return [
    { name: "name", label: t`Name`, text: (store) => store.name },
    { name: "timezone", label: t`Time zone`, text: (store) => store.timezone },
    { name: "day_start", label: t`Day starts at`, text: (store) => store.day_start },
    {
      name: "capacity",
      label: t`Capacity`,
      text: (store) => (store.capacity === null ? t`no limit` : String(store.capacity)),
    },
    { name: "first_weekday", label: t`Weeks begin on`, text: (store) => formatWeekday(store.first_weekday) },
    {
      name: "country",
      label: t`Public holidays of`,
      text: (store) => (store.country === null ? t`no country` : countryName(store.country)),
    },
    { name: "region", label: t`Region`, text: (store) => store.region ?? t`of the whole country` },
    {
      name: "closed_on_holidays",
      label: t`Closed on public holidays`,
      text: (store) => yesOrNo(store.closed_on_holidays),
    },
    {
      name: "always_open",
      label: t`Always open`,
      text: (store) => yesOrNo(store.opening_hours === null),
    },
    ...weekdays.map((day) => ({
      name: `days.${day}`,
      label: weekdayName(day),
      text: (store: Store) =>
        formatTimeRanges(store.opening_hours?.[day]) || t({ message: "closed", context: "a store on a day" }),
    })),
    {
      name: "closing_grace_minutes",
      label: t`Minutes until empty after closing`,
      text: (store) => String(store.closing_grace_minutes),
    },
  ];
}

/** The time zone of the browser; empty if it is that of no place, such as UTC. */
function timeZoneOfBrowser(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return timeZones.includes(timeZone) ? timeZone : "";
}

/** Returns the values of the form for a store; null is a new one. */
export function toValues(store: Store | null): StoreValues {
  return {
    name: store?.name ?? "",
    timezone: store?.timezone ?? timeZoneOfBrowser(),
    day_start: store?.day_start ?? "00:00",
    capacity: store?.capacity == null ? "" : String(store.capacity),
    closing_grace_minutes: String(store?.closing_grace_minutes ?? 60),
    first_weekday: String(store?.first_weekday ?? 1),
    country: store?.country ?? "",
    region: store?.region ?? "",
    closed_on_holidays: store?.closed_on_holidays ?? false,
    always_open: store === null || store.opening_hours === null,
    days: Object.fromEntries(
      weekdays.map((day) => [day, formatTimeRanges(store?.opening_hours?.[day])]),
    ) as Record<Weekday, string>,
  };
}

export function toOpeningHours({ always_open, days }: StoreValues) {
  return always_open ? null : parseWeek(days).week;
}

/** Returns the body of the request. */
export function toSettings(values: StoreOutput) {
  const { capacity, closing_grace_minutes, first_weekday, country, region, always_open, days, ...fields } =
    values;
  return {
    ...fields,
    capacity: capacity === "" ? null : Number(capacity),
    ...(!always_open && { closing_grace_minutes: Number(closing_grace_minutes) }),
    first_weekday: Number(first_weekday),
    country: country === "" ? null : country,
    region: country === "" || region === "" ? null : region,
    opening_hours: toOpeningHours(values),
  } satisfies StoreCreate;
}

/** Returns the opening hours of the week without the closed days, or what is wrong with the text of a day. */
function parseWeek(texts: Record<Weekday, string>): {
  week: NonNullable<StoreCreate["opening_hours"]>;
  errors: Partial<Record<Weekday, string>>;
} {
  const errors: Partial<Record<Weekday, string>> = {};
  const week = Object.fromEntries(weekdays.map((day) => [day, [] as TimeRanges])) as Record<
    Weekday,
    TimeRanges
  >;
  for (const day of weekdays) {
    try {
      week[day] = parseTimeRanges(texts[day].trim());
    } catch (error) {
      if (!(error instanceof OpeningHoursError)) throw error;
      errors[day] = error.message;
    }
  }
  const overlap = findOverlap(week);
  if (overlap !== null) errors[overlap[0]] ??= overlap[1];
  return {
    week: Object.fromEntries(weekdays.filter((day) => week[day].length > 0).map((day) => [day, week[day]])),
    errors,
  };
}
