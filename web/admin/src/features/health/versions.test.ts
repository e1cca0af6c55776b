import { describe, expect, it } from "vitest";
import { healthStore } from "#testing/fixtures.ts";
import { findNewestVersion, isOutdated } from "./versions.ts";

describe("the versions of the edge boxes", () => {
  it("are compared number by number, and boxes without one are left out", () => {
    const stores = ["0.9.2", "0.10.0", null, "0.10.0.dev3"].map((worker_version) =>
      healthStore({ worker_version }),
    );
    expect(findNewestVersion({ stores })).toBe("0.10.0");
    expect(findNewestVersion({ stores: [healthStore()] })).toBeNull();
  });

  it.each([
    ["0.9.2", true],
    ["0.10", false],
    ["0.10.0", false],
    ["0.10.0.dev3", false],
    ["0.11.0", false],
    [null, false],
  ])("%s is outdated beside 0.10.0: %s", (version, outdated) => {
    expect(isOutdated(version, "0.10.0")).toBe(outdated);
  });
});
