import { beforeAll, describe, expect, it } from "vitest";
import { findCities, loadCities } from "./cities.ts";
import { findPlace, findTimeZone } from "./time-zone.ts";

beforeAll(loadCities);

describe("a city that is not the name of a time zone", () => {
  it.each([
    ["Munich", "Europe/Berlin", "DE"],
    ["munich", "Europe/Berlin", "DE"],
    ["Milano", "Europe/Rome", "IT"],
    ["Milan", "Europe/Rome", "IT"],
    ["Seville", "Europe/Madrid", "ES"],
    ["Sevilla", "Europe/Madrid", "ES"],
    ["Roma", "Europe/Rome", "IT"],
    ["Florence, South Carolina", "America/New_York", "US"],
    ["Florence", "Europe/Rome", "IT"],
  ])("%s is found", (text, timeZone, country) => {
    const place = findPlace(text);
    expect([place?.timeZone, place?.city?.country]).toEqual([timeZone, country]);
  });

  it("of a common name is the largest one, and the others are offered with a name that finds them", () => {
    const place = findPlace("Springfield");
    expect(place?.timeZone).toBe("America/New_York");
    expect(place?.others.map(({ timezone }) => timezone)).toEqual(["America/Chicago", "America/Los_Angeles"]);
    for (const other of place?.others ?? []) expect(findTimeZone(other.label)).toBe(other.timezone);
  });

  it("finds itself by its label", () => {
    const [city] = findCities("Cologne");
    expect(findPlace(city?.label ?? "")?.city).toEqual(city);
  });

  it.each(["", "Xy", "Atlantis", "Munich, France"])("%j is none", (text) => {
    expect(findCities(text)).toEqual([]);
  });
});
