import { describe, expect, it } from "vitest";
import { findCommands, rankCommand } from "./filter.ts";

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

describe("the found commands", () => {
  const groups = [
    { name: "Store", commands: ["Add camera", "Setup"] },
    { name: "Nothing", commands: [] },
    { name: "Actions", commands: ["Sign out", "Add store"] },
  ].map(({ name, commands }) => ({
    name,
    commands: commands.map((command) => ({ id: command, name: command, run: () => {} })),
  }));
  const names = (search: string) =>
    findCommands(groups, search).map(({ name, commands }) => [
      name,
      ...commands.map((command) => command.name),
    ]);

  it("begin with the group of the best one, and with the best one of each group", () => {
    expect(names("add store")).toEqual([
      ["Actions", "Add store"],
      ["Store", "Add camera"],
    ]);
    expect(names("s")).toEqual([
      ["Store", "Setup", "Add camera"],
      ["Actions", "Sign out", "Add store"],
    ]);
  });

  it("are all of them in their order without a search; a group of none is left out", () => {
    expect(names("")).toEqual([
      ["Store", "Add camera", "Setup"],
      ["Actions", "Sign out", "Add store"],
    ]);
  });
});
