import type { CityData } from "city-timezones";

/** A city of the package `city-timezones`. */
export interface City {
  /** `Munich, Bayern, Germany`: finds this city again. */
  label: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  timezone: string;
}

/** Without case, accents and punctuation: `São Paulo` is `sao paulo`. */
export const fold = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/[\s_.'’-]+/g, " ")
    .trim();

interface Entry extends City {
  /** Folded. */
  name: string;
  /** Folded: the province and the country, with their abbreviations. */
  region: string[];
  population: number;
}

let entries: readonly Entry[] = [];
let loading: Promise<void> | null = null;

/** Loads the cities, once. They are large, so the page loads them when somebody looks for a city. */
export function loadCities(): Promise<void> {
  loading ??= import("city-timezones")
    .then(({ cityMapping }) => {
      entries = cityMapping.map(toEntry);
    })
    .catch((error: unknown) => {
      loading = null;
      throw error;
    });
  return loading;
}

/** How many times as large a city must be to be meant by a name that is spelt a little differently. */
const spellingFactor = 10;

/**
 * Returns the cities that a text can mean, the likeliest first: the largest of the name, or of a name that differs by one letter or by an
 * ending, as `Milano` does from `Milan`. A province or a country after a comma narrows the search. Empty until the cities are loaded.
 */
export function findCities(text: string): City[] {
  const [name = "", ...region] = text.split(",").map(fold);
  if (name.length < 3) return [];
  return entries
    .flatMap((entry) => {
      const spelling = compareNames(name, entry.name);
      const isThere = region.every(
        (part) => part === "" || entry.region.some((known) => known.startsWith(part)),
      );
      return spelling === null || !isThere
        ? []
        : [{ entry, rank: entry.population * (spelling === "same" ? spellingFactor : 1) }];
    })
    .sort((one, other) => other.rank - one.rank)
    .map(({ entry: { label, country, timezone } }) => ({ label, country, timezone }));
}

function toEntry({ city, province, country, iso2, iso3, state_ansi, timezone, pop }: CityData): Entry {
  return {
    label: [city, province, country].filter(Boolean).join(", "),
    country: iso2,
    timezone,
    name: fold(city),
    region: [province, country, iso2, iso3, state_ansi].filter(Boolean).map((part) => fold(String(part))),
    population: pop,
  };
}

function compareNames(wanted: string, name: string): "same" | "similar" | null {
  if (wanted === name) return "same";
  if (Math.min(wanted.length, name.length) < 4) return null;
  const hasOtherEnding =
    Math.abs(wanted.length - name.length) <= 2 && (wanted.startsWith(name) || name.startsWith(wanted));
  return hasOtherEnding || differByOneLetter(wanted, name) ? "similar" : null;
}

function differByOneLetter(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  return [...one].filter((letter, index) => letter !== other[index]).length === 1;
}
