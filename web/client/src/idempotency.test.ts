import { describe, expect, it } from "vitest";
import { callsWithHeader, sourcesOfPages } from "./testing/api-calls.ts";

const header = "Idempotency-Key";

describe("a creating call", () => {
  it("without a key is found", () => {
    const text = `
      createOnce((store, key) => admin.POST("/admin/stores", { params: { header: { "${header}": key } }, body: store }));
      services.owner.POST("/me/reports", { body });
      owner.POST("/unsubscribe/{token}", {});`;
    expect(callsWithHeader([text], header)).toEqual([
      { call: "admin POST /admin/stores", sendsHeader: true },
      { call: "owner POST /me/reports", sendsHeader: false },
    ]);
    expect(() => callsWithHeader(["admin.POST(path, {})"], header)).toThrow(/not a literal/);
  });

  it("of both apps sends a key", () => {
    const calls = callsWithHeader(sourcesOfPages(), header);
    expect(calls.filter(({ sendsHeader }) => !sendsHeader)).toEqual([]);
    // The calls that there are today: a check that finds nothing would also pass.
    expect(new Set(calls.map(({ call }) => call)).size).toBeGreaterThanOrEqual(9);
  });
});
