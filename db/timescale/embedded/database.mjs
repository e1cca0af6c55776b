// The interface of the gateway to the backend thread: run messages, cancel, close, and start again after a crash.
import inspector from "node:inspector";
import { Worker } from "node:worker_threads";
import { SUPERUSER } from "./session_user.mjs";
import { errorFields, errorResponse, messages } from "./wire_protocol.mjs";

const CANCEL_INTERVAL_MS = 200;

export class BackendCrashed extends Error {}

/** Rewrites the error of a cancelled statement: only this side knows that the reason was a timeout. */
function asTimeoutError(response) {
  const rewritten = [...messages(response)].map(({ type, body, raw }) => {
    if (type !== "E" || errorFields(body).C !== "57014") return raw;
    return errorResponse("ERROR", "57014", "canceling statement due to statement timeout");
  });
  return Buffer.concat(rewritten);
}

export class Database {
  #dataDir;
  #durable;
  #worker;
  #calls = new Map();
  #nextId = 1;
  #inspector;
  #inspected;
  #closing = false;
  #started; // resolves when the backend is ready

  /** The statement_timeout of the backend's session in milliseconds; 0 = none. */
  statementTimeout = 0;
  /** Whether a role other than the superuser can be set as logged in. */
  canRestrictRoles = false;
  /** Called when the backend ended unexpectedly, before a new one starts. */
  onCrash = (_reason) => {};

  /** @param {string} dataDir @param {{durable?: boolean}} options durable: flush the write-ahead log, see wal_flush.mjs */
  constructor(dataDir, { durable = true } = {}) {
    this.#dataDir = dataDir;
    this.#durable = durable;
  }

  /** Starts the backend, which recovers the data folder after a kill. Calls of `run` wait for it. */
  start() {
    this.#started = this.#start();
    return this.#started;
  }

  async #start() {
    const worker = new Worker(new URL("./backend.mjs", import.meta.url), {
      workerData: { dataDir: this.#dataDir, database: "postgres", durable: this.#durable },
    });
    this.#worker = worker;
    let up = false;
    await new Promise((resolve, reject) => {
      worker.on("message", (response) => {
        if (response.up) {
          up = true;
          this.canRestrictRoles = response.canRestrictRoles;
          resolve();
        } else this.#handleResponse(response);
      });
      const ended = (reason) => (up ? this.#ended(worker, reason) : reject(new BackendCrashed(reason)));
      worker.on("error", (error) => ended(error.message));
      worker.on("exit", (code) => ended(`exit code ${code}`));
    });
    await this.#attach();
  }

  /**
   * Runs messages on the backend.
   * @param {Buffer} bytes whole messages
   * @param {{role?: number, timeLimit?: number, timed?: boolean}} options the oid of the logged-in role; the limit in
   *   milliseconds that holds whatever statement_timeout the client sets (0 = none); whether timeouts apply to these messages
   * @returns {Promise<Buffer>} whole messages
   */
  async run(bytes, { role = SUPERUSER, timeLimit = 0, timed = true } = {}) {
    await this.#started;
    const id = this.#nextId++;
    const call = { id };
    call.done = new Promise((resolve, reject) => Object.assign(call, { resolve, reject }));
    this.#calls.set(id, call);
    this.#worker.postMessage({ id, bytes, role });
    const limits = timed ? [this.statementTimeout, timeLimit].filter((limit) => limit > 0) : [];
    if (limits.length > 0) {
      call.timer = setTimeout(
        () => {
          call.timedOut = true;
          this.#cancel(id);
        },
        Math.min(...limits),
      );
    }
    return call.done;
  }

  /** Cancels the running statement, if any; it fails with SQLSTATE 57014. */
  cancel() {
    for (const id of this.#calls.keys()) this.#cancel(id);
  }

  /** Closes the database and ends the thread. */
  async close() {
    this.#closing = true;
    const worker = this.#worker;
    const ended = new Promise((resolve) => worker.once("exit", resolve));
    worker.postMessage({ id: 0, close: true });
    await ended;
    this.#inspector?.disconnect();
  }

  #handleResponse({ id, data, statementTimeout, crash }) {
    const call = this.#calls.get(id);
    if (!call) return;
    this.#calls.delete(id);
    clearTimeout(call.timer);
    if (crash) {
      call.reject(new BackendCrashed(crash));
      return;
    }
    this.statementTimeout = statementTimeout;
    const response = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    call.resolve(call.timedOut ? asTimeoutError(response) : response);
  }

  #ended(worker, reason) {
    if (this.#closing || this.#worker !== worker) return;
    this.#worker = undefined;
    this.#started = new Promise(() => {}); // pending until `start` is called again
    this.statementTimeout = 0;
    for (const call of this.#calls.values()) {
      clearTimeout(call.timer);
      call.reject(new BackendCrashed(reason));
    }
    this.#calls.clear();
    this.onCrash(reason);
  }

  async #attach() {
    if (!this.#inspector) {
      this.#inspector = new inspector.Session();
      this.#inspector.connect();
      this.#inspector.on("NodeWorker.attachedToWorker", ({ params }) => {
        this.#inspected = params.sessionId;
      });
      await this.#post("NodeWorker.enable", { waitForDebuggerOnStart: false });
    }
  }

  /** Repeats the cancel until the call ends, because the server may miss the first one. */
  #cancel(id) {
    if (!this.#calls.has(id)) return;
    setTimeout(() => this.#cancel(id), CANCEL_INTERVAL_MS).unref();
    const evaluate = { id: 1, method: "Runtime.evaluate", params: { expression: `metricaCancel(${id})` } };
    this.#post("NodeWorker.sendMessageToWorker", {
      sessionId: this.#inspected,
      message: JSON.stringify(evaluate),
    }).catch(() => {}); // the thread has ended
  }

  #post(method, parameters) {
    return new Promise((resolve, reject) => {
      this.#inspector.post(method, parameters, (error, result) => (error ? reject(error) : resolve(result)));
    });
  }
}
