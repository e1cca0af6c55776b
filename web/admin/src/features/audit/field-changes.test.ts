import { describe, expect, it } from "vitest";
import { diffFields } from "./field-changes.ts";

const zone = "UTC";

describe("diffFields", () => {
  it("lists the changed fields", () => {
    expect(diffFields({ name: "A", capacity: null }, { name: "B", capacity: 120 }, zone)).toEqual([
      { name: "Capacity", before: undefined, after: "120" },
      { name: "Name", before: "A", after: "B" },
    ]);
  });

  it("lists all fields after a creation or a removal", () => {
    expect(diffFields(null, { line: [0, 0.5, 1, 0.5] }, zone)).toEqual([
      { name: "Line", before: undefined, after: "0.00, 0.50 → 1.00, 0.50" },
    ]);
    expect(diffFields({ email: "x" }, null, zone)).toEqual([
      { name: "Email", before: "x", after: undefined },
    ]);
  });

  it("omits unchanged fields", () => {
    expect(diffFields({ a: 1, b: [1] }, { a: 1, b: [1] }, zone)).toEqual([]);
    expect(diffFields(null, { archived_at: null }, zone)).toEqual([]);
    expect(diffFields(null, null, zone)).toEqual([]);
  });

  it("omits the fields that the entry itself shows", () => {
    expect(diffFields(null, { id: "1", store_id: "2", created_at: "2026-11-22T10:00:00Z" }, zone)).toEqual(
      [],
    );
  });
});
