import { describe, expect, it } from "vitest";
import { parseAuditSearch } from "./search.ts";

const store = "0b7c7f6e-3c8f-4a53-9f0e-2f1f6f0a9d11";

describe("parseAuditSearch", () => {
  it("accepts a store, a user and an action", () => {
    expect(parseAuditSearch({ store, actor: store, action: "camera.line" })).toEqual({
      store,
      actor: store,
      action: "camera.line",
    });
  });

  it("ignores invalid values", () => {
    expect(parseAuditSearch({ store: "x", actor: 7, action: "drop table" })).toEqual({});
    expect(parseAuditSearch({})).toEqual({});
  });
});
