import { describe, expect, it } from "vitest";
import { describeCamera, describeStore } from "./health.ts";

const seen = "2026-11-24T10:00:00+01:00";

describe("describeStore", () => {
  it.each([
    ["Online", { status: "online", cameras_online: 2, cameras_total: 2, last_seen_at: seen }],
    [
      "1 of 2 cameras online",
      { status: "degraded", cameras_online: 1, cameras_total: 2, last_seen_at: seen },
    ],
    ["Check the cameras", { status: "degraded", cameras_online: 2, cameras_total: 2, last_seen_at: seen }],
    ["Offline", { status: "offline", cameras_online: 0, cameras_total: 2, last_seen_at: seen }],
    ["Not connected yet", { status: "offline", cameras_online: 0, cameras_total: 1, last_seen_at: null }],
    ["No cameras", { status: "no_cameras", cameras_online: 0, cameras_total: 0, last_seen_at: null }],
  ] as const)("says %j", (label, health) => {
    expect(describeStore(health).label).toBe(label);
  });

  it("has the words of a camera for a store whose cameras agree", () => {
    const health = { cameras_online: 0, cameras_total: 1 };
    expect(describeStore({ ...health, status: "offline", last_seen_at: seen })).toEqual(
      describeCamera("offline"),
    );
    expect(describeStore({ ...health, status: "offline", last_seen_at: null })).toEqual(
      describeCamera("never_seen"),
    );
  });
});
