import { apiUrl } from "@metrica/ui/testing/session.ts";
import { HttpResponse, http } from "msw";

type City = readonly [name: string, country: string, region: string, timezone: string];

/** What the API finds, by name, largest first. `tests/unit/functions/admin/test_cities.py` tests the search itself. */
const cities: Readonly<Record<string, readonly City[]>> = {
  cologne: [["Köln", "DE", "07", "Europe/Berlin"]],
  florence: [
    ["Florence", "IT", "16", "Europe/Rome"],
    ["Florence", "US", "SC", "America/New_York"],
    ["Florence", "US", "AL", "America/Chicago"],
  ],
  köln: [["Köln", "DE", "07", "Europe/Berlin"]],
  london: [
    ["London", "GB", "ENG", "Europe/London"],
    ["London", "CA", "08", "America/Toronto"],
  ],
  munich: [["Munich", "DE", "02", "Europe/Berlin"]],
  rome: [["Rome", "IT", "07", "Europe/Rome"]],
  springfield: [
    ["Springfield", "US", "MO", "America/Chicago"],
    ["Springfield", "US", "MA", "America/New_York"],
    ["Springfield", "US", "IL", "America/Chicago"],
    ["Springfield", "US", "OR", "America/Los_Angeles"],
  ],
  "": [
    ["Rome", "IT", "07", "Europe/Rome"],
    ["Milan", "IT", "09", "Europe/Rome"],
    ["Berlin", "DE", "16", "Europe/Berlin"],
  ],
};

/** `GET /admin/cities`. The names that were asked for are appended to `asked`. */
export function serveCities(asked: string[] = []) {
  return http.get(`${apiUrl}/admin/cities`, ({ request }) => {
    const query = new URL(request.url).searchParams;
    const [name, country, region] = ["name", "country", "region"].map((key) => query.get(key));
    asked.push([name, country, region].filter((part) => part !== null).join(" "));
    const found = (cities[(name ?? "").toLowerCase()] ?? []).filter(
      (city) => (country ?? city[1]) === city[1] && (region ?? city[2]) === city[2],
    );
    return HttpResponse.json({
      cities: found.map(([cityName, ofCountry, ofRegion, timezone]) => ({
        name: cityName,
        country: ofCountry,
        region: ofRegion,
        timezone,
        population: 100_000,
      })),
    });
  });
}
