import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { flushWalFirst } from "../wal_flush.mjs";

/** A fake of the WASM module's file system that records the order of calls. */
function fileSystem(order) {
  const write = (stream) => order.push(`write ${stream.path}`);
  const close = (stream) => order.push(`close ${stream.path}`);
  return { Module: { FS: { filesystems: { NODEFS: { stream_ops: { write, close } } } } } };
}

test("the log is flushed before anything else is written, before it is closed, and when asked", (t) => {
  const order = [];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "durable-"));
  const nfd = fs.openSync(path.join(folder, "file"), "w");
  t.after(() => {
    fs.closeSync(nfd);
    fs.rmSync(folder, { recursive: true });
  });
  const database = fileSystem(order);
  const flush = flushWalFirst(database);
  const { write, close } = database.Module.FS.filesystems.NODEFS.stream_ops;
  const log = {
    path: "/base/pg_wal/0001",
    get nfd() {
      return nfd;
    },
  };
  const table = { path: "/base/1/2", nfd: 99_999 };

  write(log);
  write(table); // flushes the descriptor of the log; that of the table does not exist and would throw
  assert.deepEqual(order, ["write /base/pg_wal/0001", "write /base/1/2"]);
  write(log);
  flush();
  flush(); // nothing left to do
  write(log);
  close(log);
  close(table);
  assert.equal(order.length, 6);
  assert.throws(() => {
    write({ path: "/base/pg_wal/0002", nfd: 99_999 });
    flush();
  });
});
