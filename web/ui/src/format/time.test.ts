import { describe, expect, it } from "vitest";
import {
  formatDateTime,
  formatDay,
  formatHourRange,
  formatTime,
  formatTimeRange,
  formatTimeZone,
} from "./time.ts";

describe("timestamps", () => {
  it("are formatted in the time zone of the store", () => {
    expect(formatTime("2026-11-22T02:20:30Z", "Pacific/Auckland")).toBe("15:20");
    expect(formatTime("2026-11-22T02:20:30Z", "Asia/Kolkata")).toBe("07:50");
  });

  it("can fall on another day there", () => {
    expect(formatDay("2026-11-21T23:00:00Z", "Pacific/Auckland")).toBe("Sun 22 Nov");
    expect(formatDateTime("2026-11-21T23:00:00Z", "Pacific/Auckland")).toBe("22 Nov, 12:00");
  });

  it("show midnight as 00:00", () => {
    expect(formatTime("2026-11-22T00:00:00+13:00", "Pacific/Auckland")).toBe("00:00");
  });
});

describe("formatTimeRange", () => {
  it("uses the time zone of the store", () => {
    const range = { start: "2026-11-23T03:00:00+13:00", end: "2026-11-23T04:00:00+13:00" };
    expect(formatTimeRange(range, "Pacific/Auckland")).toBe("03:00–04:00");
  });
});

describe("formatHourRange", () => {
  it("ends at the next hour, also at midnight", () => {
    expect(formatHourRange(9)).toBe("09:00–10:00");
    expect(formatHourRange(23)).toBe("23:00–00:00");
  });
});

describe("formatTimeZone", () => {
  it("has spaces instead of underscores", () => {
    expect(formatTimeZone("America/New_York")).toBe("America/New York");
  });
});
