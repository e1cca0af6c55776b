import { ApiProblem, NetworkError } from "@metrica/client/problem.ts";
import { describe, expect, it } from "vitest";
import { type MergeField, mergeFields, readConflict } from "./conflict.ts";

interface Camera {
  name: string;
  fps: number;
  line: string;
}

const fields: MergeField<Camera>[] = [
  { name: "name", label: "Name", text: (camera) => camera.name },
  { name: "fps", label: "Frames per second", text: (camera) => String(camera.fps) },
  { name: null, label: "Line", text: (camera) => camera.line },
];
const base = { name: "Door", fps: 10, line: "a" };

describe("mergeFields", () => {
  it("lists what the other changed, and asks for nothing where the form has not changed it", () => {
    const merged = mergeFields(fields, {
      base,
      current: { ...base, fps: 12 },
      mine: { ...base, name: "Gate" },
    });
    expect(merged).toEqual([
      { name: "fps", label: "Frames per second", before: "10", theirs: "12", mine: null },
    ]);
  });

  it("has both values of a field that both changed", () => {
    const merged = mergeFields(fields, { base, current: { ...base, fps: 12 }, mine: { ...base, fps: 15 } });
    expect(merged).toEqual([
      { name: "fps", label: "Frames per second", before: "10", theirs: "12", mine: "15" },
    ]);
  });

  it("asks for nothing where both entered the same, and for fields that the form does not have", () => {
    const merged = mergeFields(fields, {
      base,
      current: { ...base, fps: 12, line: "b" },
      mine: { ...base, fps: 12 },
    });
    expect(merged.map(({ label, mine }) => [label, mine])).toEqual([
      ["Frames per second", null],
      ["Line", null],
    ]);
  });
});

describe("readConflict", () => {
  it("reads the present resource and who changed it", () => {
    const members = { current: base, changed_by: "a@example.com", changed_at: "2026-11-26T10:00:00Z" };
    expect(readConflict(new ApiProblem(412, "precondition_failed", "Changed.", [], members))).toEqual({
      current: base,
      changedBy: "a@example.com",
      changedAt: "2026-11-26T10:00:00Z",
    });
  });

  it("is null for other errors", () => {
    expect(readConflict(new ApiProblem(409, "camera_archived", "Archived.", []))).toBeNull();
    expect(readConflict(new NetworkError(null))).toBeNull();
  });
});
