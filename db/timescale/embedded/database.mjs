// The backend as the gateway sees it: a call with messages in and messages out, a cancel, a clean end, and a new start after a crash.
import inspector from "node:inspector";
import { Worker } from "node:worker_threads";
import { SUPERUSER } from "./authenticated.mjs";
import { errorFields, errorResponse, messages } from "./wire.mjs";

const CANCEL_AGAIN = 200; // milliseconds

export class BackendCrashed extends Error {}

/** The backend knows only of a cancel; that it was the clock's is known here. */
function sayTimeout(answer) {
  const told = [...messages(answer)].map(({ type, body, raw }) => {
    if (type !== "E" || errorFields(body).C !== "57014") return raw;
    return errorResponse("ERROR", "57014", "canceling statement due to statement timeout");
  });
  return Buffer.concat(told);
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
  #started; // settles when the backend that is being started is up

  /** Milliseconds after which the statement now allowed is to be stopped; 0 = never. As the server's session says. */
  statementTimeout = 0;
  /** Whether the backend can be told that somebody other than its superuser logged in. */
  restricts = false;
  /** Called after the backend ended by itself and a new one is about to start. */
  onCrash = (_reason) => {};

  /** @param {string} dataDir @param {{durable?: boolean}} options durable: safe against a power cut as well (durable.mjs) */
  constructor(dataDir, { durable = true } = {}) {
    this.#dataDir = dataDir;
    this.#durable = durable;
  }

  /** Starts the backend; recovers the data folder when the last one was killed. Calls of `run` wait for it. */
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
      worker.on("message", (answer) => {
        if (answer.up) {
          up = true;
          this.restricts = answer.restricts;
          resolve();
        } else this.#answered(answer);
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
   * @param {{as?: number, atMost?: number, timed?: boolean}} options the role that logged in (its oid); milliseconds that it may
   *   take, whatever statement_timeout it has set itself (0 = no limit); whether that timeout holds for these messages
   * @returns {Promise<Buffer>} whole messages
   */
  async run(bytes, { as = SUPERUSER, atMost = 0, timed = true } = {}) {
    await this.#started;
    const id = this.#nextId++;
    const call = { id };
    call.done = new Promise((resolve, reject) => Object.assign(call, { resolve, reject }));
    this.#calls.set(id, call);
    this.#worker.postMessage({ id, bytes, as });
    const limits = timed ? [this.statementTimeout, atMost].filter((limit) => limit > 0) : [];
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

  /** Stops the statement that runs now, if any; it answers with SQLSTATE 57014. */
  cancel() {
    for (const id of this.#calls.keys()) this.#cancel(id);
  }

  async close() {
    this.#closing = true;
    const worker = this.#worker;
    const ended = new Promise((resolve) => worker.once("exit", resolve));
    worker.postMessage({ id: 0, close: true });
    await ended;
    this.#inspector?.disconnect();
  }

  #answered({ id, data, statementTimeout, crash }) {
    const call = this.#calls.get(id);
    if (!call) return;
    this.#calls.delete(id);
    clearTimeout(call.timer);
    if (crash) {
      call.reject(new BackendCrashed(crash));
      return;
    }
    this.statementTimeout = statementTimeout;
    const answer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    call.resolve(call.timedOut ? sayTimeout(answer) : answer);
  }

  #ended(worker, reason) {
    if (this.#closing || this.#worker !== worker) return;
    this.#worker = undefined;
    this.#started = new Promise(() => {}); // until `start` is called again
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

  /** Says it again until the call ends: the first time may fall between two moments at which the server looks. */
  #cancel(id) {
    if (!this.#calls.has(id)) return;
    setTimeout(() => this.#cancel(id), CANCEL_AGAIN).unref();
    const evaluate = { id: 1, method: "Runtime.evaluate", params: { expression: `metricaCancel(${id})` } };
    this.#post("NodeWorker.sendMessageToWorker", {
      sessionId: this.#inspected,
      message: JSON.stringify(evaluate),
    }).catch(() => {}); // the thread has just ended: nothing is left to cancel
  }

  #post(method, parameters) {
    return new Promise((resolve, reject) => {
      this.#inspector.post(method, parameters, (error, result) => (error ? reject(error) : resolve(result)));
    });
  }
}
