import { describe, expect, it } from "vitest";
import { lastFullHour, parseLocalDateTime, toLocalDateTime } from "./local-date-time.ts";

const utc = (text: string) => Date.parse(text);

describe("local times", () => {
  it("have the date and time of the time zone", () => {
    expect(toLocalDateTime(utc("2026-11-21T23:45:59Z"), "Asia/Kathmandu")).toBe("2026-11-22T05:30");
    expect(toLocalDateTime(utc("2026-01-01T00:00:00Z"), "UTC")).toBe("2026-01-01T00:00");
  });

  it.each([
    ["2026-11-22T05:30", "Asia/Kathmandu", "2026-11-21T23:45:00Z"],
    ["2026-11-22T09:15", "Pacific/Auckland", "2026-11-21T20:15:00Z"],
    ["2026-07-01T12:00", "Europe/Berlin", "2026-07-01T10:00:00Z"],
    ["2026-01-01T12:00", "Europe/Berlin", "2026-01-01T11:00:00Z"],
    ["2026-06-01T00:10", "Pacific/Kiritimati", "2026-05-31T10:10:00Z"],
  ])("%s in %s is %s", (localTime, zone, time) => {
    expect(parseLocalDateTime(localTime, zone)).toBe(utc(time));
  });

  it("are undefined in the hour that is skipped in spring", () => {
    expect(parseLocalDateTime("2026-03-29T02:30", "Europe/Berlin")).toBeUndefined();
    expect(parseLocalDateTime("2026-03-29T03:00", "Europe/Berlin")).toBe(utc("2026-03-29T01:00:00Z"));
  });

  it("are the first of two in the hour that is repeated in autumn", () => {
    expect(parseLocalDateTime("2026-10-25T02:30", "Europe/Berlin")).toBe(utc("2026-10-25T00:30:00Z"));
    expect(parseLocalDateTime("2026-04-05T01:45", "Australia/Lord_Howe")).toBe(utc("2026-04-04T14:45:00Z"));
  });

  it("are undefined for invalid text", () => {
    expect(parseLocalDateTime("", "UTC")).toBeUndefined();
    expect(parseLocalDateTime("2026-13-01T00:00", "UTC")).toBeUndefined();
  });
});

describe("lastFullHour", () => {
  it("ends at a full hour of the time zone", () => {
    const now = utc("2026-11-22T10:20:31.5Z");
    expect(lastFullHour(now, "Asia/Kathmandu")).toEqual({
      start: "2026-11-22T15:00",
      end: "2026-11-22T16:00",
    });
    expect(lastFullHour(now, "UTC")).toEqual({ start: "2026-11-22T09:00", end: "2026-11-22T10:00" });
  });

  it("can be on the day before", () => {
    expect(lastFullHour(utc("2026-11-22T00:59:59Z"), "UTC")).toEqual({
      start: "2026-11-21T23:00",
      end: "2026-11-22T00:00",
    });
  });
});
