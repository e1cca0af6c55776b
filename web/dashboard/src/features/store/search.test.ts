import { describe, expect, it } from "vitest";
import { compareModes, nextCompareMode, parseStoreSearch, periods, toSearch, toView } from "./search.ts";

describe("the search parameters of the store page", () => {
  it("are empty for the default view", () => {
    expect(toSearch({ period: "day", compare: "previous" })).toEqual({});
    expect(toView({})).toEqual({ period: "day", compare: "previous" });
  });

  it("restore every view", () => {
    for (const period of periods) {
      for (const compare of compareModes) {
        for (const view of [
          { period, compare },
          { period, compare, date: "2026-11-02" },
        ]) {
          expect(toView(parseStoreSearch({ ...toSearch(view) }))).toEqual(view);
        }
      }
    }
  });

  it("ignore invalid values", () => {
    expect(parseStoreSearch({ period: "decade", date: "yesterday", compare: 3, other: "x" })).toEqual({});
  });
});

describe("nextCompareMode", () => {
  it("cycles through the modes", () => {
    expect(nextCompareMode("previous")).toBe("year");
    expect(nextCompareMode("year")).toBe("none");
    expect(nextCompareMode("none")).toBe("previous");
  });
});
