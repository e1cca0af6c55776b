import { describe, expect, it } from "vitest";
import { callsWithHeader, operationsWithHeader, sourcesOfPages } from "./testing/api-calls.ts";

const header = "If-Match";

/** Operations that no page uses. */
const unused = ["admin PATCH /admin/incidents/{incident_id}"];

describe("a change of a resource with an entity tag", () => {
  it("without the tag is found", () => {
    const text = `
      admin.PATCH("/admin/stores/{store_id}", { params: { path, header: { "${header}": etag } }, body });
      admin.POST("/admin/stores/{store_id}/archive", { params: { path } });
      admin.POST("/admin/stores", { body });`;
    expect(callsWithHeader([text], header)).toEqual([
      { call: "admin PATCH /admin/stores/{store_id}", sendsHeader: true },
      { call: "admin POST /admin/stores/{store_id}/archive", sendsHeader: false },
    ]);
  });

  it("sends the tag, in every page", () => {
    const calls = callsWithHeader(sourcesOfPages(), header);
    expect(calls.filter(({ sendsHeader }) => !sendsHeader)).toEqual([]);
    const operations = (["admin", "owner"] as const).flatMap((api) =>
      operationsWithHeader(api, header).map((operation) => `${api} ${operation}`),
    );
    expect([...new Set(calls.map(({ call }) => call)), ...unused].sort()).toEqual(operations.sort());
  });
});
