import { t } from "@lingui/core/macro";
import { formatTime } from "@metrica/ui/format/time.ts";
import { type City, findCities } from "./cities.ts";
import { fold } from "./fold.ts";

/** The sentence of the API (`functions/admin/schemas/values.py`) about a name that is no time zone. */
export function timeZoneError(): string {
  return t`Must be the IANA time zone of a place, for example Europe/Berlin`;
}

export const timeZones: readonly string[] = Intl.supportedValuesOf("timeZone");

/** `America/Argentina/Buenos_Aires` → `Buenos Aires` */
export function cityOf(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

const byName = new Map(timeZones.map((timeZone) => [timeZone.toLowerCase(), timeZone]));
const byCity = new Map(timeZones.map((timeZone) => [fold(cityOf(timeZone)), timeZone]));

/** What a text was understood as. */
export interface Place {
  /** IANA. */
  timeZone: string;
  /** The city that was found; null when the text names a time zone, or the city of one that was not looked up. */
  city: City | null;
  /** Other cities that the text can mean, in other time zones or countries, the likeliest first. */
  others: City[];
}

/**
 * Returns the place that a text names: `Europe/Rome`, `europe/rome`, a city that was looked up, `Munich`, or the city of a time zone,
 * `Rome`. Returns undefined when there is none.
 */
export function findPlace(text: string): Place | undefined {
  const named = findNamedZone(text);
  if (named !== undefined) return { timeZone: named, city: null, others: [] };
  const [city, ...others] = findCities(text) ?? [];
  if (city !== undefined)
    return { timeZone: city.timezone, city, others: firstOfEachPlace(city, others).slice(0, maxOthers) };
  const ofCity = byCity.get(fold(text));
  return ofCity === undefined ? undefined : { timeZone: ofCity, city: null, others: [] };
}

const maxOthers = 4;

/** Returns the IANA time zone that a text names, or the one of its city; undefined when there is none. */
export function findTimeZone(text: string): string | undefined {
  return findPlace(text)?.timeZone;
}

/** Returns the time zone of this name. One that this browser does not list, such as an alias, is valid if the browser can use it. */
export function findNamedZone(text: string): string | undefined {
  const name = text.trim();
  const known = byName.get(name.toLowerCase().replaceAll(" ", "_"));
  if (known !== undefined || !/^([A-Za-z]+(\/[A-Za-z0-9_+-]+)+|UTC)$/.test(name)) return known;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name;
  } catch {
    return undefined;
  }
}

/** The settings of a store depend on the time zone and the country of its city only. */
function firstOfEachPlace(chosen: City, cities: readonly City[]): City[] {
  const place = ({ timezone, country }: City) => `${timezone} ${country}`;
  const seen = new Set([place(chosen)]);
  return cities.filter((city) => {
    const isNew = !seen.has(place(city));
    seen.add(place(city));
    return isNew;
  });
}

/** `Europe/Rome, where it is 10:32 now` */
export function describeTimeZone(timeZone: string, now: Date): string {
  const time = formatTime(now.toISOString(), timeZone);
  return t`${timeZone}, where it is ${time} now.`;
}
