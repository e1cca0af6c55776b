import { describe, expect, it } from "vitest";
import { cameraIncidentTypes } from "./incident-types.ts";
import { describeIncident } from "./incident-words.ts";

/** The numbers of all incidents. */
const facts = {
  crossings: 1234,
  usual_crossings: 38,
  oldest_s: 1800,
  counted: 100,
  accounted: 99,
  reached_fps: 3.14,
  wanted_fps: 10,
  tracks_per_crossing: 1.5,
  clock_offset_s: -7,
};
const english = { detail: "In English.", remedy: "In English, too." };

function incident(changes: Partial<Parameters<typeof describeIncident>[0]>) {
  return {
    type: "slow" as const,
    facts: {},
    started_at: "2026-11-24T12:00:00+01:00",
    ...english,
    ...changes,
  };
}

describe("the words of an incident", () => {
  it.each(cameraIncidentTypes)("are those of the dashboard: %s", (type) => {
    const words = describeIncident(incident({ type, facts }), "Europe/Rome");
    expect(words.detail).toMatch(/\.$/);
    expect(words.detail).not.toBe(english.detail);
    expect(words.remedy).not.toBe(english.remedy);
  });

  it("have its numbers", () => {
    const detailOf = (type: (typeof cameraIncidentTypes)[number], changes = {}) =>
      describeIncident(incident({ type, facts: { ...facts, ...changes } }), "Europe/Rome").detail;
    expect(detailOf("no_crossings")).toBe(
      "Nobody crossed the line from 12:00 on for an hour; 38 crossings are usual then.",
    );
    expect(detailOf("slow")).toBe("The edge box analyses 3.1 of 10 frames per second.");
    expect(detailOf("clock_off")).toBe("The clock of the edge box is 7 s behind.");
    expect(detailOf("clock_off", { clock_offset_s: 7 })).toBe("The clock of the edge box is 7 s ahead.");
    expect(detailOf("backlog")).toBe("1,234 crossings wait on the edge box, the oldest for 30 minutes.");
    expect(detailOf("totals_disagree")).toBe(
      "The edge box has counted 100 crossings, but 99 are stored, waiting or refused.",
    );
  });

  it("are the sentences of the API for an incident from before its numbers were stored", () => {
    expect(describeIncident(incident({ type: "slow" }), "Europe/Rome")).toMatchObject(english);
  });

  it("say to an administrator what an owner asks one to do", () => {
    for (const type of ["picture_moved", "other_instance"] as const) {
      expect(describeIncident(incident({ type }), "UTC").remedy).toMatch(/your administrator/);
      expect(describeIncident(incident({ type }), "UTC", "administrator").remedy).toMatch(
        /page of the camera/,
      );
      expect(describeIncident(incident({ type }), "UTC", "administrator").remedy).not.toMatch(
        /administrator/,
      );
    }
  });
});
