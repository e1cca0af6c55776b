import { describe, expect, it } from "vitest";
import { parseAuditSearch } from "./search.ts";

const store = "0b7c7f6e-3c8f-4a53-9f0e-2f1f6f0a9d11";

describe("the audit's address", () => {
  it("narrows it to a store, a person, an action", () => {
    expect(parseAuditSearch({ store, actor: store, action: "camera.line" })).toEqual({
      store,
      actor: store,
      action: "camera.line",
    });
  });

  it("may be mistyped without breaking the page", () => {
    expect(parseAuditSearch({ store: "x", actor: 7, action: "drop table" })).toEqual({});
    expect(parseAuditSearch({})).toEqual({});
  });
});
