import { describe, expect, it } from "vitest";
import { formatTimeRanges, parseTimeRanges } from "./opening-hours.ts";

describe("the opening hours of a day", () => {
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
  ])("%j is valid", (text, spans) => {
    expect(parseTimeRanges(text)).toEqual(spans);
  });

  it.each(["nine to five", "9", "9-25", "24:00-2", "9-20;10-12", "9:5-10", "9-20,"])(
    "%j is invalid",
    (text) => {
      expect(() => parseTimeRanges(text)).toThrow("Enter hours as 09:00–20:00.");
    },
  );

  it.each([
    ["9-5", "Enter 09:00–17:00, or 09:00–05:00 if the store closes on the next day."],
    ["9:30 - 5:15", "Enter 09:30–17:15, or 09:30–05:15 if the store closes on the next day."],
    ["8-12, 1-6, 10-10", "Enter 10:00–22:00, or 10:00–10:00 if the store closes on the next day."],
    ["12-2", "Enter 12:00–14:00, or 12:00–02:00 if the store closes on the next day."],
  ])("%j has two meanings", (text, message) => {
    expect(() => parseTimeRanges(text)).toThrow(message);
  });

  it.each([
    ["18-2", [["18:00", "02:00"]]],
    ["10-0", [["10:00", "00:00"]]],
    ["09:00–05:00", [["09:00", "05:00"]]],
    ["10:00-10:00", [["10:00", "10:00"]]],
  ])("%j has one meaning", (text, spans) => {
    expect(parseTimeRanges(text)).toEqual(spans);
  });

  it("are formatted as they are parsed", () => {
    const spans: [string, string][] = [
      ["09:00", "13:00"],
      ["14:00", "18:30"],
    ];
    expect(parseTimeRanges(formatTimeRanges(spans))).toEqual(spans);
  });
});
