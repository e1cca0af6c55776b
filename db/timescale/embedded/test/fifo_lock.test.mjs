import assert from "node:assert/strict";
import { test } from "node:test";
import { FifoLock } from "../fifo_lock.mjs";

test("one owner at a time, in the order of waiting, and a waiting owner can stop", async () => {
  const lock = new FifoLock();
  const order = [];
  const acquire = (owner) => lock.acquire(owner).then((acquired) => order.push([owner.name, acquired]));
  const [a, b, c] = ["a", "b", "c"].map((name) => ({ name }));
  const acquired = [a, b, c].map(acquire);
  lock.stopWaiting(b);
  lock.release(b); // not the holder: no effect
  lock.release(a);
  await Promise.all(acquired);
  assert.deepEqual(order, [
    ["a", true],
    ["b", false],
    ["c", true],
  ]);
  assert.equal(lock.holder, c);
});
