import { describe, expect, it } from "vitest";
import { compareModes, nextCompare, parseStoreSearch, periods, searchOf, viewOf } from "./search.ts";

describe("the address of a store's page", () => {
  it("is empty for today compared with last week", () => {
    expect(searchOf({ period: "day", compare: "previous" })).toEqual({});
    expect(viewOf({})).toEqual({ period: "day", compare: "previous" });
  });

  it("brings every view back", () => {
    for (const period of periods) {
      for (const compare of compareModes) {
        for (const view of [
          { period, compare },
          { period, compare, date: "2026-11-02" },
        ]) {
          expect(viewOf(parseStoreSearch({ ...searchOf(view) }))).toEqual(view);
        }
      }
    }
  });

  it("opens also when it is mistyped", () => {
    expect(parseStoreSearch({ period: "decade", date: "yesterday", compare: 3, other: "x" })).toEqual({});
  });
});

describe("the X key", () => {
  it("goes round all ways to compare", () => {
    expect(nextCompare("previous")).toBe("year");
    expect(nextCompare("year")).toBe("none");
    expect(nextCompare("none")).toBe("previous");
  });
});
