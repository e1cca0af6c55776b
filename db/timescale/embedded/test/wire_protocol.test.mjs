import assert from "node:assert/strict";
import { test } from "node:test";
import { errorFields, errorResponse, messages } from "../wire_protocol.mjs";

test("a written error can be read", () => {
  const [{ body }] = messages(errorResponse("FATAL", "57P01", "ended", "start it"));
  assert.deepEqual(errorFields(body), { S: "FATAL", V: "FATAL", C: "57P01", M: "ended", H: "start it" });
});
