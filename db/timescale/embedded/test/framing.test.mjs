import assert from "node:assert/strict";
import { test } from "node:test";
import { Framing, MalformedMessage } from "../framing.mjs";
import { message, query, sync } from "../wire.mjs";

const all = (framing) => {
  const found = [];
  for (let next = framing.next(); next; next = framing.next()) found.push(next);
  return found;
};

test("messages come out whole, however the bytes arrive", () => {
  const sent = [
    query("select 1"),
    sync(),
    message("P", "name", "select 2", Buffer.from([0, 0])),
    query("x".repeat(10_000)),
  ];
  const bytes = Buffer.concat(sent);
  for (const size of [1, 2, 3, 5, 7, 64, 1000, bytes.length]) {
    const framing = new Framing();
    const found = [];
    for (let at = 0; at < bytes.length; at += size) {
      framing.push(bytes.subarray(at, at + size));
      found.push(...all(framing));
    }
    assert.deepEqual(
      found.map(({ raw }) => Buffer.from(raw)),
      sent,
    );
  }
});

test("a message that has not arrived whole is waited for", () => {
  const framing = new Framing();
  framing.push(query("select 1").subarray(0, 6));
  assert.equal(framing.next(), null);
});

test("an impossible length is refused", () => {
  for (const length of [0, 3, 2 ** 31 - 1]) {
    const framing = new Framing();
    const head = Buffer.alloc(5, "Q");
    head.writeInt32BE(length, 1);
    framing.push(head);
    assert.throws(() => framing.next(), MalformedMessage);
  }
});
