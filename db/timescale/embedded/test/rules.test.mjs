import assert from "node:assert/strict";
import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { test } from "node:test";
import { copiesIn } from "../copy.mjs";
import { passwordMatches } from "../passwords.mjs";
import { maySet, Profile } from "../profile.mjs";
import { Turnstile } from "../turnstile.mjs";
import { errorFields, errorResponse, messages, query, readString } from "../wire.mjs";

test("one at a time, first come first served, and one may leave the queue", async () => {
  const turnstile = new Turnstile();
  const order = [];
  const enter = (who) => turnstile.enter(who).then((mine) => order.push([who.name, mine]));
  const [a, b, c] = ["a", "b", "c"].map((name) => ({ name }));
  const entered = [a, b, c].map(enter);
  turnstile.leave(b);
  turnstile.release(b); // not the holder: nothing happens
  turnstile.release(a);
  await Promise.all(entered);
  assert.deepEqual(order, [
    ["a", true],
    ["b", false],
    ["c", true],
  ]);
  assert.equal(turnstile.holder, c);
});

test("statements that may change a setting are known", () => {
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
    assert.equal(maySet(sql), true, sql);
  for (const sql of [
    "UPDATE t SET a = 1",
    "select 1",
    "insert into t values ('x') on conflict do update set a = 1",
  ])
    assert.equal(maySet(sql), false, sql);
});

test("equal settings have equal keys, whatever their order", () => {
  const one = new Profile(
    "postgres",
    new Map([
      ["a", "1"],
      ["b", "2"],
    ]),
  );
  const other = new Profile(
    "postgres",
    new Map([
      ["b", "2"],
      ["a", "1"],
    ]),
  );
  assert.equal(one.key, other.key);
  assert.notEqual(
    one.key,
    new Profile(
      "somebody",
      new Map([
        ["a", "1"],
        ["b", "2"],
      ]),
    ).key,
  );
});

test("values are quoted when they are put back", () => {
  const [sql] = readString(new Profile('o"brien', new Map([["application_name", "it's"]])).restore(), 5);
  assert.match(sql, /set_config\('application_name', 'it''s', false\)/);
  assert.match(sql, /SET SESSION AUTHORIZATION "o""brien"/);
});

test("a SCRAM verifier is checked as RFC 5802 says", () => {
  const salt = Buffer.from("some salt");
  const salted = pbkdf2Sync("pencil", salt, 4096, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const stored = createHash("sha256").update(clientKey).digest("base64");
  const verifier = `SCRAM-SHA-256$4096:${salt.toString("base64")}$${stored}:c2VydmVy`;
  assert.equal(passwordMatches(verifier, "pencil"), true);
  assert.equal(passwordMatches(verifier, "Pencil"), false);
  for (const nothing of [null, "", "md5abc"]) assert.equal(passwordMatches(nothing, ""), false);
});

test("a COPY that wants the client's data is known, whatever stands around it", () => {
  const asks = (sql) => copiesIn([...messages(query(sql))], () => "");
  for (const sql of [
    "COPY t FROM STDIN",
    "copy t (a, b)\nfrom  stdin with (format csv)",
    "/* x */ copy t from stdin",
    "select 1; copy t from stdin",
  ])
    assert.equal(asks(sql), true, sql);
  for (const sql of ["COPY t TO STDOUT", "select 'copy t from stdin'", "copy t from '/file'"])
    assert.equal(asks(sql), false, sql);
});

test("an error is read back as it was written", () => {
  const [{ body }] = messages(errorResponse("FATAL", "57P01", "ended", "start it"));
  assert.deepEqual(errorFields(body), { S: "FATAL", V: "FATAL", C: "57P01", M: "ended", H: "start it" });
});
