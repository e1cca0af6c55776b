import { describe, expect, it } from "vitest";
import { changesOf } from "./changes.ts";

describe("what an action changed", () => {
  it("is told member by member", () => {
    expect(changesOf({ name: "A", capacity: null }, { name: "B", capacity: 120 })).toEqual([
      { name: "capacity", before: undefined, after: "120" },
      { name: "name", before: "A", after: "B" },
    ]);
  });

  it("is all of it when something was made, or removed", () => {
    expect(changesOf(null, { line: [0, 0.5, 1, 0.5] })).toEqual([
      { name: "line", before: undefined, after: "[0,0.5,1,0.5]" },
    ]);
    expect(changesOf({ email: "x" }, null)).toEqual([{ name: "email", before: "x", after: undefined }]);
  });

  it("leaves out what stayed as it was", () => {
    expect(changesOf({ a: 1, b: [1] }, { a: 1, b: [1] })).toEqual([]);
    expect(changesOf(null, { archived_at: null })).toEqual([]);
    expect(changesOf(null, null)).toEqual([]);
  });

  it("does not repeat what the entry says of itself", () => {
    expect(changesOf(null, { id: "1", store_id: "2", created_at: "2026-11-22T10:00:00Z" })).toEqual([]);
  });
});
