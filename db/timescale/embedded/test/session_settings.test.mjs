import assert from "node:assert/strict";
import { test } from "node:test";
import { mayChangeSettings, SessionSettings } from "../session_settings.mjs";
import { readString } from "../wire_protocol.mjs";

test("statements that may change a setting are recognised", () => {
  for (const sql of [
    "SET a = 1",
    " reset all",
    "select 1; set a = 1",
    "/* why */ SET a = 1",
    "-- why\nset a = 1",
    "DO $$ $$",
    "call p()",
    "select set_config('a', 'b', false)",
  ])
    assert.equal(mayChangeSettings(sql), true, sql);
  for (const sql of [
    "UPDATE t SET a = 1",
    "select 1",
    "insert into t values ('x') on conflict do update set a = 1",
  ])
    assert.equal(mayChangeSettings(sql), false, sql);
});

test("equal settings have equal keys in any order", () => {
  const one = new SessionSettings(
    "postgres",
    new Map([
      ["a", "1"],
      ["b", "2"],
    ]),
  );
  const other = new SessionSettings(
    "postgres",
    new Map([
      ["b", "2"],
      ["a", "1"],
    ]),
  );
  assert.equal(one.key, other.key);
  assert.notEqual(
    one.key,
    new SessionSettings(
      "somebody",
      new Map([
        ["a", "1"],
        ["b", "2"],
      ]),
    ).key,
  );
});

test("values are quoted when they are restored", () => {
  const [sql] = readString(
    new SessionSettings('o"brien', new Map([["application_name", "it's"]])).restoreQuery(),
    5,
  );
  assert.match(sql, /set_config\('application_name', 'it''s', false\)/);
  assert.match(sql, /SET SESSION AUTHORIZATION "o""brien"/);
});
