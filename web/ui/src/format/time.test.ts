import { describe, expect, it } from "vitest";
import { clockTime, dayAndTime, hourSpan, shortDay } from "./time.ts";

describe("moments", () => {
  it("are shown by the store's clock, not by the browser's", () => {
    expect(clockTime("2026-11-22T02:20:30Z", "Pacific/Auckland")).toBe("15:20");
    expect(clockTime("2026-11-22T02:20:30Z", "Asia/Kolkata")).toBe("07:50");
  });

  it("may fall on another day there", () => {
    expect(shortDay("2026-11-21T23:00:00Z", "Pacific/Auckland")).toBe("Sun 22 Nov");
    expect(dayAndTime("2026-11-21T23:00:00Z", "Pacific/Auckland")).toBe("22 Nov, 12:00");
  });

  it("show midnight as 00:00", () => {
    expect(clockTime("2026-11-22T00:00:00+13:00", "Pacific/Auckland")).toBe("00:00");
  });
});

describe("hours of the day", () => {
  it("end where the next begins, also at midnight", () => {
    expect(hourSpan(9)).toBe("09:00–10:00");
    expect(hourSpan(23)).toBe("23:00–00:00");
  });
});
