import { describe, expect, it } from "vitest";
import {
  defaultLine,
  formatLine,
  inArrow,
  isLongEnough,
  type Line,
  moveEnd,
  swapEnds,
  toLine,
} from "./geometry.ts";

const frame = { width: 1600, height: 900 };

describe("inArrow", () => {
  it("points down for a line from left to right", () => {
    const { from, to } = inArrow([0, 0.5, 1, 0.5], frame, 60);
    expect(from).toEqual({ x: 800, y: 450 });
    expect(to.x).toBeCloseTo(800);
    expect(to.y).toBeCloseTo(510);
  });

  it("points left for a line from top to bottom", () => {
    const { to } = inArrow([0.5, 0, 0.5, 1], frame, 60);
    expect(to.x).toBeCloseTo(740);
    expect(to.y).toBeCloseTo(450);
  });

  it("points to the other side when the ends are swapped", () => {
    const line: Line = [0.1, 0.2, 0.7, 0.9];
    const there = inArrow(line, frame, 60);
    const back = inArrow(swapEnds(line), frame, 60);
    expect(there.to.x - there.from.x).toBeCloseTo(-(back.to.x - back.from.x));
    expect(there.to.y - there.from.y).toBeCloseTo(-(back.to.y - back.from.y));
  });

  it("is perpendicular to the line on the screen", () => {
    const { from, to } = inArrow([0.1, 0.2, 0.7, 0.9], frame, 60);
    const along = { x: 0.6 * frame.width, y: 0.7 * frame.height };
    expect((to.x - from.x) * along.x + (to.y - from.y) * along.y).toBeCloseTo(0);
    expect(Math.hypot(to.x - from.x, to.y - from.y)).toBeCloseTo(60);
  });
});

describe("a line", () => {
  it("has a default: mid-height, left to right", () => {
    expect(toLine(null)).toEqual(defaultLine);
    expect(toLine([0.1, 0.2, 0.3, 0.4])).toEqual([0.1, 0.2, 0.3, 0.4]);
  });

  it("keeps its ends inside the frame", () => {
    expect(moveEnd(defaultLine, "a", { x: -0.2, y: 1.7 })).toEqual([0, 1, 1, 0.5]);
    expect(moveEnd(defaultLine, "b", { x: 0.33333, y: 0.5 })).toEqual([0, 0.5, 0.3333, 0.5]);
  });

  it("has a minimum length", () => {
    expect(isLongEnough([0.5, 0.5, 0.51, 0.5])).toBe(false);
    expect(isLongEnough(defaultLine)).toBe(true);
  });

  it("is formatted with its ends", () => {
    expect(formatLine([0.1, 0.5, 0.9, 0.5])).toBe("0.10, 0.50 → 0.90, 0.50");
  });
});
