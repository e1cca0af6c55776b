import assert from "node:assert/strict";
import { test } from "node:test";
import { isCopyFromStdin } from "../copy.mjs";
import { messages, query } from "../wire_protocol.mjs";

test("a COPY that reads the client's data is recognised", () => {
  const isCopy = (sql) => isCopyFromStdin([...messages(query(sql))], () => "");
  for (const sql of [
    "COPY t FROM STDIN",
    "copy t (a, b)\nfrom  stdin with (format csv)",
    "/* x */ copy t from stdin",
    "select 1; copy t from stdin",
  ])
    assert.equal(isCopy(sql), true, sql);
  for (const sql of ["COPY t TO STDOUT", "select 'copy t from stdin'", "copy t from '/file'"])
    assert.equal(isCopy(sql), false, sql);
});
