import { describe, expect, it } from "vitest";
import { parseOpenSearch } from "./open-search.ts";

describe("the form that an address opens", () => {
  it("is one of those of the pages", () => {
    expect(parseOpenSearch({ open: "add-store" })).toEqual({ open: "add-store" });
    expect(parseOpenSearch({ open: "something" })).toEqual({});
    expect(parseOpenSearch({})).toEqual({});
  });
});
