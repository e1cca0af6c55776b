import assert from "node:assert/strict";
import { test } from "node:test";
import { PreparedStatements } from "../prepared_statements.mjs";
import { message, messages, query, readString, sync } from "../wire_protocol.mjs";

const none = Buffer.from([0, 0]);
const parse = (name, sql) => message("P", name, sql, none);
const bind = (name) => message("B", "", name, none, none, none);
const describe = (name) => message("D", Buffer.from("S"), name);
const run = (statements, batch, isExclusive = true) => {
  const { bytes, replayed } = statements.rewrite([...messages(Buffer.concat(batch))], isExclusive);
  return { types: bytes.map((raw) => String.fromCharCode(raw[0])).join(""), bytes, replayed };
};
const nameIn = (raw) => {
  const body = raw.subarray(5);
  if (raw[0] === 0x50) return readString(body)[0];
  return raw[0] === 0x42 ? readString(body, readString(body)[1])[0] : readString(body, 1)[0];
};

test("the same name of two clients becomes two names", () => {
  const names = [1, 2].map((client) => {
    const { bytes } = run(new PreparedStatements(client), [
      parse("s", "select 1"),
      bind("s"),
      describe("s"),
      sync(),
    ]);
    return new Set(bytes.slice(0, 3).map(nameIn));
  });
  assert.deepEqual(names, [new Set(["c1_s"]), new Set(["c2_s"])]);
});

test("the unnamed statement is parsed again only when another client used the backend, and not in its own batch", () => {
  const statements = new PreparedStatements(1);
  assert.equal(run(statements, [parse("", "select 1"), bind(""), sync()], false).types, "PBS");
  assert.equal(run(statements, [bind(""), sync()], true).types, "BS");
  const again = run(statements, [bind(""), sync()], false);
  assert.equal(again.types, "PBS");
  assert.equal(again.replayed, 1);
});

test("after DEALLOCATE ALL of one client the statements of the others are parsed again", () => {
  const [one, other] = [new PreparedStatements(1), new PreparedStatements(2)];
  run(one, [parse("s", "select 1"), sync()]);
  run(other, [query("deallocate all")]);
  assert.equal(run(one, [bind("s"), sync()]).replayed, 1);
  assert.equal(run(one, [bind("s"), sync()]).replayed, 0);
});

test("DEALLOCATE name refers to the client's own statement", () => {
  const statements = new PreparedStatements(7);
  run(statements, [parse("mine", "select 1"), sync()]);
  const { bytes } = run(statements, [query('DEALLOCATE "mine"')]);
  assert.equal(readString(bytes[0], 5)[0], 'DEALLOCATE "c7_mine"');
});

test("the statements of a client are closed", () => {
  const statements = new PreparedStatements(3);
  run(statements, [parse("a", "select 1"), parse("b", "select 2"), parse("", "select 3"), sync()]);
  assert.deepEqual(statements.closeAll().map(nameIn), ["c3_a", "c3_b"]);
  assert.deepEqual(statements.closeAll(), []);
});
