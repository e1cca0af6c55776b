import { t } from "@lingui/core/macro";
import { formatTime } from "@metrica/ui/format/time.ts";
import { type City, findCities, fold } from "./cities.ts";

/** The sentence of the API (`functions/admin/schemas/values.py`) about a name that is no time zone. */
export function timeZoneError(): string {
  return t`Must be the IANA time zone of a place, for example Europe/Berlin`;
}

export const timeZones: readonly string[] = Intl.supportedValuesOf("timeZone");

/** `America/Argentina/Buenos_Aires` → `Buenos Aires` */
export function cityOf(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

const byName = new Map(timeZones.map((timeZone) => [fold(timeZone), timeZone]));
const byCity = new Map(timeZones.map((timeZone) => [fold(cityOf(timeZone)), timeZone]));

/** What a text was understood as. */
export interface Place {
  /** IANA. */
  timeZone: string;
  /** The city that was found; null when the text names a time zone, or the city of one. */
  city: City | null;
  /** Other cities that the text can mean, in other time zones, the likeliest first. */
  others: City[];
}

/**
 * Returns the place that a text names: `Europe/Rome`, `europe/rome`, the city of a time zone, `Rome`, or another city, `Munich`, once
 * the cities are loaded. Returns undefined when there is none. A time zone that this browser does not list, such as an alias, is valid
 * if the browser can use it.
 */
export function findPlace(text: string): Place | undefined {
  const known = byName.get(fold(text)) ?? byCity.get(fold(text)) ?? findAlias(text.trim());
  if (known !== undefined) return { timeZone: known, city: null, others: [] };
  const [city, ...others] = findCities(text);
  if (city === undefined) return undefined;
  return {
    timeZone: city.timezone,
    city,
    others: firstOfEachZone(others, city.timezone).slice(0, maxOthers),
  };
}

const maxOthers = 4;

/** Returns the IANA time zone that a text names, or the one of its city; undefined when there is none. */
export function findTimeZone(text: string): string | undefined {
  return findPlace(text)?.timeZone;
}

function findAlias(name: string): string | undefined {
  if (!/^([A-Za-z]+(\/[A-Za-z0-9_+-]+)+|UTC)$/.test(name)) return undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name;
  } catch {
    return undefined;
  }
}

function firstOfEachZone(cities: readonly City[], exceptZone: string): City[] {
  const seen = new Set([exceptZone]);
  return cities.filter(({ timezone }) => {
    const isNew = !seen.has(timezone);
    seen.add(timezone);
    return isNew;
  });
}

/** `Europe/Rome, where it is 10:32 now` */
export function describeTimeZone(timeZone: string, now: Date): string {
  const time = formatTime(now.toISOString(), timeZone);
  return t`${timeZone}, where it is ${time} now.`;
}
