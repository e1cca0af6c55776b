import { describe, expect, it } from "vitest";
import type { Line } from "./geometry.ts";
import { addStep, redo, replaceStep, unchanged, undo } from "./line-history.ts";

const [first, second, third]: Line[] = [
  [0, 0.5, 1, 0.5],
  [0.1, 0.5, 0.9, 0.5],
  [0.2, 0.5, 0.8, 0.5],
] as const;

const lines = (...steps: (Line | undefined)[]) =>
  steps.reduce((history, line) => (line === undefined ? history : addStep(history, line)), unchanged);

describe("the history of a line", () => {
  it("is undone and redone step by step, back to the stored line", () => {
    const edited = lines(first, second);
    expect(undo(edited).present).toEqual(first);
    expect(undo(undo(edited)).present).toBeNull();
    expect(undo(undo(undo(edited)))).toEqual(undo(undo(edited)));
    expect(redo(undo(edited)).present).toEqual(second);
    expect(redo(edited)).toEqual(edited);
  });

  it("has one step for a drag", () => {
    const dragged = replaceStep(lines(first, second), third as Line);
    expect(dragged.present).toEqual(third);
    expect(undo(dragged).present).toEqual(first);
  });

  it("forgets what was undone when the line changes", () => {
    const changed = addStep(undo(lines(first, second)), third as Line);
    expect(redo(changed).present).toEqual(third);
    expect(undo(changed).present).toEqual(first);
  });

  it("keeps the last hundred steps", () => {
    let history = unchanged;
    for (let step = 0; step < 150; step++) history = addStep(history, [0, step / 1000, 1, 0.5]);
    expect(history.past).toHaveLength(100);
  });
});
