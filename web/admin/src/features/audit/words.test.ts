import { describe, expect, it } from "vitest";
import { actionName, fieldName, formatValue } from "./words.ts";

describe("the audit log in words", () => {
  it("names actions and fields as the pages do; unknown ones by their code in words", () => {
    expect(actionName("camera.line")).toBe("Counting line changed");
    expect(actionName("sales.import")).toBe("Sales import");
    expect(fieldName("sample_fps")).toBe("Frames per second");
    expect(fieldName("closed_on_holidays")).toBe("Closed on public holidays");
    expect(fieldName("archived_at")).toBe("Archived");
  });

  it.each([
    ["line", [0.1, 0.5, 0.9, 0.5], "0.10, 0.50 → 0.90, 0.50"],
    ["line", null, "default line"],
    ["opening_hours", null, "Always open"],
    ["opening_hours", { mon: [["09:00", "20:00"]], tue: [["09:00", "20:00"]] }, "Mon–Tue 09:00–20:00"],
    ["capacity", null, "none"],
    ["capacity", 60, "60"],
    ["is_counting_line", false, "No"],
    ["first_weekday", 7, "Sunday"],
    ["snapshot_interval_s", 300, "5 min 00 s"],
    ["archived_at", "2026-11-26T10:32:00+00:00", "26 Nov, 11:32"],
    ["anchor", "foot", "Foot"],
    ["incident_types", ["camera_offline", "roof_open"], "Camera offline, Roof open"],
    ["type", "picture_moved", "Camera moved"],
    ["country", "DE", "Germany"],
    ["day_start", "04:00:00", "04:00"],
    ["kind", "mail", "Email"],
    ["scope", "own_stores", "All stores of the user"],
    ["period", "week", "Week"],
    ["minimum_severity", "warning", "Warning"],
    ["sizes", { in: 3, out: null }, "In: 3, Out: none"],
    ["name", "Corner shop", "Corner shop"],
  ])("%s: %j is %j", (name, value, text) => {
    expect(formatValue(name, value, "Europe/Berlin")).toBe(text);
  });
});
