import { describe, expect, it } from "vitest";
import { parseStoresSearch, toLeagueOrder, toStoresSearch } from "./search.ts";

describe("the search parameters of the stores", () => {
  it("omit what is the default", () => {
    expect(parseStoresSearch({ sort: "name", order: "asc", search: "" })).toEqual({});
    expect(parseStoresSearch({ sort: "change", order: "desc" })).toEqual({ sort: "change" });
    expect(toStoresSearch({ column: "change", descending: false }, "ba")).toEqual({
      sort: "change",
      order: "asc",
      search: "ba",
    });
  });

  it("are read back as the order that they name", () => {
    for (const order of [
      { column: "name", descending: true },
      { column: "visitors", descending: true },
      { column: "occupancy", descending: false },
    ] as const) {
      expect(toLeagueOrder(toStoresSearch(order, ""))).toEqual(order);
    }
    expect(toLeagueOrder({})).toEqual({ column: "name", descending: false });
  });

  it("ignore invalid values", () => {
    expect(parseStoresSearch({ sort: "__proto__", order: "up", search: 7, page: "2" })).toEqual({});
    expect(parseStoresSearch({ search: "x".repeat(500) }).search).toHaveLength(100);
  });
});
