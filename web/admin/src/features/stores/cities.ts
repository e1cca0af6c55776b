import type { AdminApi } from "@metrica/client/admin.ts";
import { getCities } from "./api/get-cities.ts";
import { toCityQueries } from "./city-query.ts";
import { countryName } from "./country.ts";
import { fold } from "./fold.ts";
import { loadRegions, regionName } from "./regions.ts";

/** A city that the API knows. */
export interface City {
  /** `London, Ontario, Canada`: finds this city again. */
  label: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** IANA. */
  timezone: string;
}

/** The cities of each text that was looked up, by the folded text. */
const known = new Map<string, readonly City[]>();

/** Looks up the cities that a text can mean, the likeliest first. `findCities` returns them from then on. */
export async function lookUpCities(
  admin: AdminApi,
  text: string,
  signal?: AbortSignal,
): Promise<readonly City[]> {
  await loadRegions();
  for (const query of toCityQueries(text)) {
    const { cities } = await getCities(admin, query, signal);
    if (cities.length > 0) return remember(text, cities.map(toCity));
  }
  return remember(text, []);
}

/** Returns the cities that a text can mean; undefined while they have not been looked up. */
export function findCities(text: string): readonly City[] | undefined {
  return known.get(fold(text));
}

function remember(text: string, cities: readonly City[]): readonly City[] {
  for (const city of cities) known.set(fold(city.label), [city]);
  known.set(fold(text), cities);
  return cities;
}

type FoundCity = Awaited<ReturnType<typeof getCities>>["cities"][number];

function toCity({ name, country, region, timezone }: FoundCity): City {
  const state = region === null ? undefined : regionName({ country, region });
  const parts = [name, state, countryName(country)].filter((part) => part !== undefined);
  // Berlin and Luxembourg have the name of their region or country.
  return { label: [...new Set(parts)].join(", "), country, timezone };
}
