import assert from "node:assert/strict";
import { test } from "node:test";
import { MalformedMessage, MessageReader, message, query, sync } from "../wire_protocol.mjs";

const all = (reader) => {
  const found = [];
  for (let next = reader.next(); next; next = reader.next()) found.push(next);
  return found;
};

test("messages are complete, however the bytes arrive", () => {
  const sent = [
    query("select 1"),
    sync(),
    message("P", "name", "select 2", Buffer.from([0, 0])),
    query("x".repeat(10_000)),
  ];
  const bytes = Buffer.concat(sent);
  for (const size of [1, 2, 3, 5, 7, 64, 1000, bytes.length]) {
    const reader = new MessageReader();
    const found = [];
    for (let at = 0; at < bytes.length; at += size) {
      reader.push(bytes.subarray(at, at + size));
      found.push(...all(reader));
    }
    assert.deepEqual(
      found.map(({ raw }) => Buffer.from(raw)),
      sent,
    );
  }
});

test("an incomplete message is not returned", () => {
  const reader = new MessageReader();
  reader.push(query("select 1").subarray(0, 6));
  assert.equal(reader.next(), null);
});

test("an impossible length is refused", () => {
  for (const length of [0, 3, 2 ** 31 - 1]) {
    const reader = new MessageReader();
    const head = Buffer.alloc(5, "Q");
    head.writeInt32BE(length, 1);
    reader.push(head);
    assert.throws(() => reader.next(), MalformedMessage);
  }
});
