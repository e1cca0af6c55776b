import assert from "node:assert/strict";
import { test } from "node:test";
import { RECEIVE_BUFFER_SIZE, splitForReceiveBuffer } from "../receive_buffer.mjs";
import { copyFail, message, query, sync } from "../wire_protocol.mjs";

const ofLength = (length) => message("B", Buffer.alloc(length - 5));
const lengths = (...parts) => splitForReceiveBuffer(Buffer.concat(parts)).map((part) => part.length);

test("messages that leave the receive buffer filled at the end of one are cut there", () => {
  assert.deepEqual(lengths(ofLength(RECEIVE_BUFFER_SIZE - 10), ofLength(10), sync()), [
    RECEIVE_BUFFER_SIZE,
    5,
  ]);
  assert.deepEqual(lengths(ofLength(3 * RECEIVE_BUFFER_SIZE), sync()), [3 * RECEIVE_BUFFER_SIZE, 5]);
});

test("the length counts from the last cut", () => {
  const full = ofLength(RECEIVE_BUFFER_SIZE);
  assert.deepEqual(lengths(full, full, ofLength(100), sync()), [
    RECEIVE_BUFFER_SIZE,
    RECEIVE_BUFFER_SIZE,
    105,
  ]);
});

test("other messages stay together", () => {
  assert.deepEqual(lengths(ofLength(RECEIVE_BUFFER_SIZE - 1), ofLength(10), sync()), [
    RECEIVE_BUFFER_SIZE + 14,
  ]);
  assert.deepEqual(lengths(query("SELECT 1")), [14]);
  assert.deepEqual(lengths(ofLength(RECEIVE_BUFFER_SIZE)), [RECEIVE_BUFFER_SIZE]);
});

test("the data of a COPY stay with their command", () => {
  const data = message("d", Buffer.alloc(RECEIVE_BUFFER_SIZE - 5));
  assert.deepEqual(lengths(ofLength(RECEIVE_BUFFER_SIZE), data, copyFail(""), sync()), [
    2 * RECEIVE_BUFFER_SIZE + 11,
  ]);
  assert.deepEqual(
    lengths(ofLength(10), data, message("c", Buffer.alloc(RECEIVE_BUFFER_SIZE - 15)), sync()),
    [2 * RECEIVE_BUFFER_SIZE, 5],
  );
});
