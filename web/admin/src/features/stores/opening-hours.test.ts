import { describe, expect, it } from "vitest";
import { parseSpans, spansText, weekText } from "./opening-hours.ts";

describe("the hours of a day", () => {
  it.each([
    ["", []],
    ["9-20", [["09:00", "20:00"]]],
    [
      "09:00–13:00, 14:00 - 18:30",
      [
        ["09:00", "13:00"],
        ["14:00", "18:30"],
      ],
    ],
    ["18:00-02:00", [["18:00", "02:00"]]],
    ["0-24", [["00:00", "24:00"]]],
  ])("%j can be read", (text, spans) => {
    expect(parseSpans(text)).toEqual(spans);
  });

  it.each(["nine to five", "9", "9-25", "24:00-2", "9-20;10-12", "9:5-10", "9-20,"])("%j cannot", (text) => {
    expect(parseSpans(text)).toBeUndefined();
  });

  it("are written as they are read", () => {
    const spans: [string, string][] = [
      ["09:00", "13:00"],
      ["14:00", "18:30"],
    ];
    expect(parseSpans(spansText(spans))).toEqual(spans);
  });
});

describe("the hours of a week", () => {
  const day = [["09:00", "20:00"]];

  it("put days with equal hours together", () => {
    expect(weekText({ mon: day, tue: day, wed: day, fri: day, sat: [["10:00", "18:00"]] })).toBe(
      "Mon–Wed 09:00–20:00; Fri 09:00–20:00; Sat 10:00–18:00",
    );
  });

  it("may be always or never", () => {
    expect(weekText(null)).toBe("Always open");
    expect(weekText({})).toBe("Always closed");
  });
});
