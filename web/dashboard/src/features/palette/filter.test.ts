import { describe, expect, it } from "vitest";
import { rankCommand } from "./filter.ts";

describe("the rank of a command", () => {
  it("is 0 unless each word of the search is in its name or that of its group", () => {
    expect(rankCommand("book north", "Bookshop Nord", "Stores")).toBe(0);
    expect(rankCommand("book nord", "Bookshop Nord", "Stores")).toBeGreaterThan(0);
    expect(rankCommand("stores nord", "Bookshop Nord", "Stores")).toBeGreaterThan(0);
    expect(rankCommand("pages", "Bookshop Nord", "Stores")).toBe(0);
  });

  it("ignores case and accents", () => {
    expect(rankCommand("CAFE", "Café Zürich", "Stores")).toBe(1);
    expect(rankCommand("zürich", "Cafe Zurich", "Stores")).toBe(0.75);
  });

  it("is highest for a name that begins with the search, then for a word of it", () => {
    const ranks = ["Week", "Last week", "Midweek", "Day"].map((name) => rankCommand("week", name, "A week"));
    expect(ranks).toEqual([1, 0.75, 0.5, 0.25]);
  });

  it("is the same for all commands without a search", () => {
    expect(rankCommand(" ", "Week", "Period")).toBe(rankCommand("", "Stores", "Pages"));
  });
});
