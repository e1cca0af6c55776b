import { createAdminApi } from "@metrica/client/admin.ts";
import { apiUrl, signedInSession } from "@metrica/ui/testing/session.ts";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { serveCities } from "#testing/city-answers.ts";
import { findCities, lookUpCities } from "./cities.ts";
import { toCityQueries } from "./city-query.ts";
import { loadRegions } from "./regions.ts";
import { findPlace, findTimeZone } from "./time-zone.ts";

const server = setupServer(serveCities());
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());
beforeAll(loadRegions);

const admin = createAdminApi({ baseUrl: apiUrl, session: signedInSession() });

/** The place that a text names after its city was looked up. */
async function place(text: string) {
  await lookUpCities(admin, text);
  return findPlace(text);
}

describe("a text that names a city", () => {
  it.each([
    ["Cologne", "Köln, North Rhine-Westphalia, Germany", "Europe/Berlin"],
    ["köln", "Köln, North Rhine-Westphalia, Germany", "Europe/Berlin"],
    ["Rome", "Rome, Lazio, Italy", "Europe/Rome"],
    ["Florence", "Florence, Tuscany, Italy", "Europe/Rome"],
    ["Florence, South Carolina", "Florence, South Carolina, United States", "America/New_York"],
    ["Florence, SC", "Florence, South Carolina, United States", "America/New_York"],
    ["Florence, Alab", "Florence, Alabama, United States", "America/Chicago"],
    ["London", "London, England, United Kingdom", "Europe/London"],
    ["London, Ontario", "London, Ontario, Canada", "America/Toronto"],
    ["London Ontario", "London, Ontario, Canada", "America/Toronto"],
    ["London, Ontario, Canada", "London, Ontario, Canada", "America/Toronto"],
    ["London, CA", "London, Ontario, Canada", "America/Toronto"],
    ["Munich, Deutschland", "Munich, Bavaria, Germany", "Europe/Berlin"],
    ["Munich Allemagne", "Munich, Bavaria, Germany", "Europe/Berlin"],
    ["Munich, Oberland", "Munich, Bavaria, Germany", "Europe/Berlin"],
    ["Italien", "Rome, Lazio, Italy", "Europe/Rome"],
    ["Italia", "Rome, Lazio, Italy", "Europe/Rome"],
  ])("%s", async (text, label, timeZone) => {
    const found = await place(text);
    expect([found?.city?.label, found?.timeZone]).toEqual([label, timeZone]);
  });

  it("of a common name is the first one, and those of other time zones are offered by a label that finds them", async () => {
    const found = await place("Springfield");
    expect(found?.timeZone).toBe("America/Chicago");
    expect(found?.others.map(({ label }) => label)).toEqual([
      "Springfield, Massachusetts, United States",
      "Springfield, Oregon, United States",
    ]);
    for (const other of found?.others ?? []) expect(findTimeZone(other.label)).toBe(other.timezone);
  });

  it("offers a city of another country, too, because its public holidays differ", async () => {
    const found = await place("London");
    expect(found?.others.map(({ label }) => label)).toEqual(["London, Ontario, Canada"]);
  });

  it.each(["", "Atlantis", "Munich, France"])("%j is none", async (text) => {
    expect(findCities(text)).toBeUndefined();
    await lookUpCities(admin, text);
    expect(findCities(text)).toEqual([]);
    expect(findPlace(text)).toBeUndefined();
  });

  it("is asked for with its words as its name before they are taken for a region", async () => {
    const asked: string[] = [];
    server.use(serveCities(asked));
    await lookUpCities(admin, "Nowhere New Mexico");
    expect(asked).toEqual(["Nowhere New Mexico", "Nowhere US NM", "Nowhere New MX", "Nowhere New MX 15"]);
  });

  it("asks for few regions of the same name", () => {
    expect(toCityQueries("Springfield, Central").length).toBeLessThanOrEqual(5);
  });
});
