/** The sentence of the API (`functions/admin/schemas/values.py`) about a name that is no time zone. */
export const timeZoneError = "Must be the IANA time zone of a place, for example Europe/Berlin";

export const timeZones: readonly string[] = Intl.supportedValuesOf("timeZone");

/** `America/Argentina/Buenos_Aires` → `Buenos Aires` */
export function cityOf(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

const fold = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/[\s_-]+/g, " ")
    .trim();

const byName = new Map(timeZones.map((timeZone) => [fold(timeZone), timeZone]));
const byCity = new Map(timeZones.map((timeZone) => [fold(cityOf(timeZone)), timeZone]));

/**
 * Returns the IANA time zone that a text names: `Europe/Rome`, `europe/rome` or the city, `Rome`, `são paulo`. Returns undefined when
 * there is none. A name that this browser does not list, such as an alias, is valid if the browser can use it.
 */
export function findTimeZone(text: string): string | undefined {
  const found = byName.get(fold(text)) ?? byCity.get(fold(text));
  if (found !== undefined) return found;
  const name = text.trim();
  if (!/^([A-Za-z]+(\/[A-Za-z0-9_+-]+)+|UTC)$/.test(name)) return undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name;
  } catch {
    return undefined;
  }
}

/** `Europe/Rome, where it is 10:32 now` */
export function describeTimeZone(timeZone: string, now: Date): string {
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(now);
  return `${timeZone}, where it is ${time} now.`;
}
