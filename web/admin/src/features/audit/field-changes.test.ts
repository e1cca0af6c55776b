import { describe, expect, it } from "vitest";
import { diffFields } from "./field-changes.ts";

describe("diffFields", () => {
  it("lists the changed fields", () => {
    expect(diffFields({ name: "A", capacity: null }, { name: "B", capacity: 120 })).toEqual([
      { name: "capacity", before: undefined, after: "120" },
      { name: "name", before: "A", after: "B" },
    ]);
  });

  it("lists all fields after a creation or a removal", () => {
    expect(diffFields(null, { line: [0, 0.5, 1, 0.5] })).toEqual([
      { name: "line", before: undefined, after: "[0,0.5,1,0.5]" },
    ]);
    expect(diffFields({ email: "x" }, null)).toEqual([{ name: "email", before: "x", after: undefined }]);
  });

  it("omits unchanged fields", () => {
    expect(diffFields({ a: 1, b: [1] }, { a: 1, b: [1] })).toEqual([]);
    expect(diffFields(null, { archived_at: null })).toEqual([]);
    expect(diffFields(null, null)).toEqual([]);
  });

  it("omits the fields that the entry itself shows", () => {
    expect(diffFields(null, { id: "1", store_id: "2", created_at: "2026-11-22T10:00:00Z" })).toEqual([]);
  });
});
