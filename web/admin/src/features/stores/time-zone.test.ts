import { describe, expect, it } from "vitest";
import { cityOf, describeTimeZone, findTimeZone } from "./time-zone.ts";

describe("a time zone", () => {
  it.each([
    ["Europe/Rome", "Europe/Rome"],
    ["europe/rome", "Europe/Rome"],
    ["Rome", "Europe/Rome"],
    [" rome ", "Europe/Rome"],
    ["New York", "America/New_York"],
    ["São Paulo", "America/Sao_Paulo"],
    ["buenos aires", "America/Argentina/Buenos_Aires"],
    ["UTC", "UTC"],
    ["Etc/GMT+5", "Etc/GMT+5"],
    ["US/Pacific", "US/Pacific"],
  ])("%j is found as %j", (text, timeZone) => {
    expect(findTimeZone(text)).toMatch(
      new RegExp(`^(${timeZone.replace("+", "\\+")}|America/Buenos_Aires)$`),
    );
  });

  it.each(["", "Atlantis", "Mars/Olympus", "Europe/", "+02:00", "CET1"])("%j is none", (text) => {
    expect(findTimeZone(text)).toBeUndefined();
  });

  it("is described by its city and its clock", () => {
    expect(cityOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
    expect(describeTimeZone("Europe/Rome", new Date("2026-11-26T09:32:00Z"))).toBe(
      "Europe/Rome, where it is 10:32 now.",
    );
  });
});
