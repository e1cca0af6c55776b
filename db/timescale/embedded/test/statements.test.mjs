import assert from "node:assert/strict";
import { test } from "node:test";
import { Statements } from "../statements.mjs";
import { message, messages, query, readString, sync } from "../wire.mjs";

const none = Buffer.from([0, 0]);
const parse = (name, sql) => message("P", name, sql, none);
const bind = (name) => message("B", "", name, none, none, none);
const describe = (name) => message("D", Buffer.from("S"), name);
const run = (statements, batch, alone = true) => {
  const { bytes, replayed } = statements.rewrite([...messages(Buffer.concat(batch))], alone);
  return { types: bytes.map((raw) => String.fromCharCode(raw[0])).join(""), bytes, replayed };
};
const nameIn = (raw) => {
  const body = raw.subarray(5);
  if (raw[0] === 0x50) return readString(body)[0];
  return raw[0] === 0x42 ? readString(body, readString(body)[1])[0] : readString(body, 1)[0];
};

test("the same name of two clients becomes two names", () => {
  const names = [1, 2].map((client) => {
    const { bytes } = run(new Statements(client), [parse("s", "select 1"), bind("s"), describe("s"), sync()]);
    return new Set(bytes.slice(0, 3).map(nameIn));
  });
  assert.deepEqual(names, [new Set(["c1_s"]), new Set(["c2_s"])]);
});

test("the unnamed statement is parsed again only when somebody else was there, and not in its own batch", () => {
  const statements = new Statements(1);
  assert.equal(run(statements, [parse("", "select 1"), bind(""), sync()], false).types, "PBS");
  assert.equal(run(statements, [bind(""), sync()], true).types, "BS");
  const again = run(statements, [bind(""), sync()], false);
  assert.equal(again.types, "PBS");
  assert.equal(again.replayed, 1);
});

test("after somebody's DEALLOCATE ALL the others' statements are parsed again", () => {
  const [one, other] = [new Statements(1), new Statements(2)];
  run(one, [parse("s", "select 1"), sync()]);
  run(other, [query("deallocate all")]);
  assert.equal(run(one, [bind("s"), sync()]).replayed, 1);
  assert.equal(run(one, [bind("s"), sync()]).replayed, 0);
});

test("DEALLOCATE name means the client's own", () => {
  const statements = new Statements(7);
  run(statements, [parse("mine", "select 1"), sync()]);
  const { bytes } = run(statements, [query('DEALLOCATE "mine"')]);
  assert.equal(readString(bytes[0], 5)[0], 'DEALLOCATE "c7_mine"');
});

test("what a client leaves behind is closed", () => {
  const statements = new Statements(3);
  run(statements, [parse("a", "select 1"), parse("b", "select 2"), parse("", "select 3"), sync()]);
  assert.deepEqual(statements.closeAll().map(nameIn), ["c3_a", "c3_b"]);
  assert.deepEqual(statements.closeAll(), []);
});
