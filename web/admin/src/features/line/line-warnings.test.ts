import { describe, expect, it } from "vitest";
import type { Line } from "./geometry.ts";
import { findLineWarnings, type LineMeasurements, nothingMeasured } from "./line-warnings.ts";

const size = { width: 640, height: 480 };
const door: Line = [0.3, 0.5, 0.7, 0.5];

/** The first words of the warnings. */
const warn = (line: Line, changes: Partial<LineMeasurements> = {}) =>
  findLineWarnings(line, size, { ...nothingMeasured, ...changes }).map((text) =>
    text.split(" ").slice(0, 4).join(" "),
  );

const atEdge = "The line is too";
const tooShort = "The line is shorter";

describe("a line", () => {
  it("across a door in the middle of the picture is good", () => {
    expect(warn(door)).toEqual([]);
    expect(warn(door, { personHeight: 0.4, trackEnds: [[0.5, 0.5]] })).toEqual([]);
  });

  it.each<[string, Line]>([
    ["the lower", [0.3, 0.97, 0.7, 0.97]],
    ["the upper", [0.3, 0.03, 0.7, 0.03]],
    ["the left", [0.02, 0.2, 0.02, 0.8]],
    ["the right", [0.98, 0.8, 0.98, 0.2]],
  ])("at %s edge is not: people are not seen on both sides", (_, line) => {
    expect(warn(line)).toEqual([atEdge]);
  });

  it("needs 0.3 heights of a person beyond it: 36 px for people of 120 px", () => {
    expect(warn([0.3, 443 / 480, 0.7, 443 / 480], { personHeight: 0.25 })).toEqual([]);
    expect(warn([0.3, 445 / 480, 0.7, 445 / 480], { personHeight: 0.25 })).toEqual([atEdge]);
  });

  it("needs half the height of a person: 120 px for people of 240 px", () => {
    expect(warn([0.4, 0.5, 0.4 + 122 / 640, 0.5], { personHeight: 0.5 })).toEqual([]);
    expect(warn([0.4, 0.5, 0.4 + 118 / 640, 0.5], { personHeight: 0.5 })).toEqual([tooShort]);
  });

  it("where people are small is not good, with their height in pixels", () => {
    const [warning] = findLineWarnings(door, size, { ...nothingMeasured, personHeight: 0.05 });
    expect(warning).toMatch(/^People are 24 pixels tall here/);
    expect(warn(door, { personHeight: 40 / 480 })).toEqual([]);
  });

  it("where tracks end is not good, and one beside them is", () => {
    const trackEnds = [0.4, 0.45, 0.5, 0.55, 0.6].map((x) => [x, 0.52]);
    const [warning] = findLineWarnings(door, size, { ...nothingMeasured, trackEnds });
    expect(warning).toMatch(/^5 people were lost at this line/);
    expect(warn(door, { trackEnds: trackEnds.slice(1) })).toEqual([]);
    expect(warn([0.3, 0.2, 0.7, 0.2], { trackEnds })).toEqual([]);
    expect(warn([0.7, 0.5, 0.99, 0.5], { trackEnds })).toEqual([]);
  });
});
