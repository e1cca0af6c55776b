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

  it.each([
    "nine to five",
    "9",
    "9-25",
    "24:00-2",
    "9-20/10-12",
    "9:5-10",
    "9-20,",
    "13pm-14",
    "0am-5pm",
    "9:60-12",
  ])("%j is invalid", (text) => {
    expect(() => parseTimeRanges(text)).toThrow("Enter hours as 09:00–20:00.");
  });

  it.each([
    ["9-5", "09:00–17:00"],
    ["9:00–17:00", "09:00–17:00"],
    ["9am-5pm", "09:00–17:00"],
    ["9 a.m. – 5 p.m.", "09:00–17:00"],
    ["9-5pm", "09:00–17:00"],
    ["9am-5", "09:00–17:00"],
    ["1-6pm", "13:00–18:00"],
    ["9:30 - 5:15", "09:30–17:15"],
    ["9.30-17.15", "09:30–17:15"],
    ["9h-18h30", "09:00–18:30"],
    ["9 to 17", "09:00–17:00"],
    ["9 bis 17 Uhr", "09:00–17:00"],
    ["9h à 18h30", "09:00–18:30"],
    ["10-13 und 15-19", "10:00–13:00, 15:00–19:00"],
    ["10 a 13 y 15 a 19", "10:00–13:00, 15:00–19:00"],
    ["10-13, 15-19", "10:00–13:00, 15:00–19:00"],
    ["10-13 and 15-19", "10:00–13:00, 15:00–19:00"],
    ["8-12, 1-6", "08:00–12:00, 13:00–18:00"],
    ["8-12, 13-18, 20-2", "08:00–12:00, 13:00–18:00, 20:00–02:00"],
    ["10-10", "10:00–22:00"],
    ["12-2", "12:00–14:00"],
    ["9pm-2am", "21:00–02:00"],
    ["12am-12pm", "00:00–12:00"],
    ["24h", "00:00–24:00"],
    ["24/7", "00:00–24:00"],
    ["closed", ""],
    ["Closed", ""],
  ])("%j is understood as %j", (text, understood) => {
    expect(formatTimeRanges(parseTimeRanges(text))).toBe(understood);
  });

  it.each([
    ["18-2", [["18:00", "02:00"]]],
    ["10-0", [["10:00", "00:00"]]],
    ["09:00–05:00", [["09:00", "05:00"]]],
    ["10:00-10:00", [["10:00", "10:00"]]],
  ])("%j is taken as it is", (text, spans) => {
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
