import { fold } from "./fold.ts";
import { findRegions, findRegionsByPrefix, type Region } from "./regions.ts";

/** What the API is asked for. */
export interface CityQuery extends Partial<Region> {
  /** The name of a city; absent for the largest cities of the country. */
  name?: string;
}

/** How many regions of the same name are tried. */
const maxRegions = 5;

/**
 * Returns what a text can ask for, the likeliest first: the text is a country, `Italia`; or a city, `London`; or a city with its region
 * or its country, `London, Ontario` or `London Ontario`. A region that is not known is left out. Needs the names of regions.
 */
export function toCityQueries(text: string): CityQuery[] {
  const [name = "", ...places] = text.split(",").map((part) => part.trim());
  if (fold(name) === "") return [];
  const countries = findRegions(text).filter(({ region }) => region === undefined);
  if (places.length === 0) return [...countries, { name }, ...splitWords(name)];
  return narrow(places).map((place) => ({ name, ...place }));
}

/** `London Ontario` is `London` in `Ontario`. The longest region comes first: `New Mexico` before `Mexico`. */
function splitWords(text: string): CityQuery[] {
  const words = text.split(/\s+/);
  return words.slice(1).flatMap((_, index) =>
    findRegions(words.slice(index + 1).join(" "))
      .slice(0, maxRegions)
      .map((place) => ({ name: words.slice(0, index + 1).join(" "), ...place })),
  );
}

/** Returns the places that all parts can mean: `Ontario, Canada` is one. */
function narrow(parts: readonly string[]): Partial<Region>[] {
  let places: Partial<Region>[] = [{}];
  for (const part of parts) {
    const exact = findRegions(part);
    const meant = exact.length > 0 ? exact : findRegionsByPrefix(part);
    if (meant.length > 0) places = places.flatMap((place) => meant.flatMap((other) => join(place, other)));
  }
  return places.slice(0, maxRegions);
}

function join(place: Partial<Region>, other: Region): Partial<Region>[] {
  if (place.country !== undefined && place.country !== other.country) return [];
  if (place.region !== undefined && other.region !== undefined && place.region !== other.region) return [];
  return [{ ...place, ...other }];
}
