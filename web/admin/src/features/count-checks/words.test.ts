import { describe, expect, it } from "vitest";
import { countChecksAnswer } from "#testing/fixtures.ts";
import { describeAssessment, describeOverdue, describeUse, formatInterval } from "./words.ts";

const [direction] = countChecksAnswer().assessment.directions;
const proven = { low: -0.01, high: 0.01, is_proven: true, people_needed: 0 };

function assessment(ins: object, outs: object, is_certificate = false) {
  if (direction === undefined) throw new Error("an assessment has two directions");
  return countChecksAnswer([], {
    directions: [
      { ...direction, direction: "IN", ...ins },
      { ...direction, direction: "OUT", ...outs },
    ],
    is_certificate,
  }).assessment;
}

describe("what count checks say", () => {
  it("is that the error is proven", () => {
    expect(describeAssessment(assessment(proven, proven, true))).toBe(
      "The error of both directions is proven to be within ±2%.",
    );
  });

  it("is how many people are missing, for each direction that is not proven", () => {
    expect(describeAssessment(assessment({}, { people_needed: 1200 }))).toBe(
      "No certificate for ±2% yet: at least 150 IN and 1,200 OUT more, if all of them are counted right.",
    );
    expect(describeAssessment(assessment(proven, {}))).toContain("at least 150 OUT more");
  });

  it("is that the error is larger, when the interval is outside", () => {
    expect(describeAssessment(assessment({ low: 0.021, high: 0.2 }, {}))).toMatch(/error of IN is larger/);
    const both = assessment({ low: 0.03, high: 0.2 }, { low: -0.2, high: -0.03 });
    expect(describeAssessment(both)).toMatch(/error of IN and OUT is larger/);
  });

  it("is that a proof is out of reach", () => {
    expect(describeAssessment(assessment({ people_needed: null }, {}))).toMatch(/more than 100,000/);
  });

  it("has the interval with its signs, or none", () => {
    expect(formatInterval({ low: -0.0123, high: 0.005 })).toBe("−1.2% to +0.5%");
    expect(formatInterval({ low: null, high: null })).toBe("–");
  });
});

describe("the words of a check", () => {
  it("say why it is not used", () => {
    expect(describeUse({ use: "used", complete: true })).toBeNull();
    expect(describeUse({ use: "incomplete", complete: false })).toMatch(/had not arrived yet/);
    expect(describeUse({ use: "incomplete", complete: null })).toMatch(/not known/);
    expect(describeUse({ use: "earlier_line", complete: true })).toMatch(/line or the view was another one/);
    expect(describeUse({ use: "overlapping", complete: true })).toMatch(/same time/);
  });

  it("say why it is overdue", () => {
    const texts = (["never", "line_changed", "view_changed", "old"] as const).map((reason) =>
      describeOverdue({ reason }),
    );
    expect(new Set(texts).size).toBe(4);
    expect(texts[3]).toContain("90 days");
  });
});
