// The session of one client: sends its messages in batches to the backend, and the responses back. It holds the backend from the
// first message of a transaction until ReadyForQuery reports "idle".

import { copyMessages, isCopyFromStdin, requestCopyResponse, withoutCopyInResponse } from "./copy.mjs";
import { BackendCrashed } from "./database.mjs";
import { LoginError, login } from "./login.mjs";
import { PreparedStatements } from "./prepared_statements.mjs";
import { mayChangeSettings } from "./session_settings.mjs";
import {
  errorFields,
  errorResponse,
  MalformedMessage,
  MessageReader,
  messages,
  query,
  readString,
  ready,
  sync,
} from "./wire_protocol.mjs";

const ENDS_BATCH = new Set(["Q", "S", "H", "F", "X"]);
const KNOWN = new Set([...ENDS_BATCH, "P", "B", "D", "E", "C"]); // any other type would crash the backend
const USES_TEMPORARY = /\btemp(?:orary)?\b/i;

export class Session {
  settings = null;
  /** The role that logged in with a password; null for a superuser. */
  user = null;
  #gateway;
  #socket;
  #reader = new MessageReader();
  #statements;
  #resolveArrived = null; // resolves the promise of a pending read
  #closed = false;
  #status = "I"; // I idle, T in a transaction, E in a failed transaction, H between two batches of one series
  #running = false;
  #switching = false; // the backend is getting this client's settings
  #holding = false;
  #cancelled = false;
  #temporary = false;
  #idleSince = 0;
  #idleTimer;

  constructor(gateway, socket, { client, secret }) {
    this.client = client;
    this.secret = secret;
    this.#gateway = gateway;
    this.#socket = socket;
    this.#statements = new PreparedStatements(client);
    socket.on("data", (chunk) => {
      this.#reader.push(chunk);
      this.#wakeReader();
    });
    socket.on("error", () => {}); // 'close' follows
    socket.on("close", () => this.#handleClose());
    this.ended = this.#serve();
  }

  /** Cancels what this client runs or waits for (SQLSTATE 57014). */
  cancel() {
    if (this.#switching || this.#gateway.lock.stopWaiting(this)) this.#cancelled = true;
    else if (this.#running) this.#gateway.database.cancel();
  }

  /** Sends a FATAL error and closes the connection. */
  fatal(code, text, hint) {
    if (this.#closed) return;
    this.#socket.end(errorResponse("FATAL", code, text, hint));
    this.#handleClose();
  }

  /** Called when others wait: closes the connection once it has been idle in a transaction for `limit` milliseconds. */
  limitIdleTime(limit) {
    clearTimeout(this.#idleTimer);
    if (this.#running || !this.#holding) return;
    const left = Math.max(0, limit - (performance.now() - this.#idleSince));
    this.#idleTimer = setTimeout(() => {
      const text = "terminating connection due to idle-in-transaction timeout";
      this.fatal(
        "25P03",
        text,
        `The transaction was idle for more than ${limit / 1000} s while other clients waited; it was rolled back.`,
      );
    }, left);
  }

  async #serve() {
    try {
      const client = {
        startup: () => this.#read("nextStartup"),
        message: () => this.#read("next"),
        write: (b) => this.#write(b),
      };
      this.settings = await login(this.#gateway, this, client);
      for (;;) {
        const batch = this.settings && (await this.#readBatch());
        if (!batch) break;
        await this.#handleBatch(batch);
      }
    } catch (error) {
      this.#sendError(error);
    } finally {
      await this.#cleanUp();
      this.#socket.end();
    }
  }

  #sendError(error) {
    if (error instanceof LoginError) this.fatal(error.code, error.message);
    else if (error instanceof MalformedMessage) this.fatal("08P01", `protocol violation: ${error.message}`);
    else if (error instanceof BackendCrashed)
      this.fatal("57P02", `the database backend ended (${error.message}) and was started again`);
    else if (error.code)
      this.fatal(error.code, error.message); // a setting of the connection string that the server refuses
    else this.fatal("XX000", `gateway: ${error.message}`);
  }

  async #handleBatch(batch) {
    if (!(await this.#acquireBackend())) {
      this.#refuseBatch(batch);
      return;
    }
    try {
      await this.#switchTo();
      if (this.#cancelled) this.#refuseBatch(batch);
      else await this.#runBatch(batch);
    } finally {
      this.#running = false;
    }
    if (this.#status === "I") this.#release();
    else this.#pause();
  }

  async #switchTo() {
    this.#switching = true;
    try {
      await this.#gateway.switchTo(this);
    } catch (error) {
      if (/^role ".*" does not exist$/.test(error.message))
        throw new LoginError("57P01", "terminating connection: its role was dropped");
      throw error;
    } finally {
      this.#switching = false;
    }
  }

  async #runBatch(batch) {
    const { bytes, replayed } = this.#statements.rewrite(batch, this.#gateway.wasLastUser(this));
    this.#gateway.setLastUser(this);
    this.#recordSideEffects(batch);
    if (isCopyFromStdin(batch, (name) => this.#statements.text(name))) await this.#copy(bytes, replayed);
    else await this.#deliver(await this.#run(Buffer.concat(bytes)), replayed);
  }

  /** The client holds the backend and sends nothing; the time for that is limited while others wait. */
  #pause() {
    this.#running = false;
    this.#idleSince = performance.now();
    if (this.#gateway.lock.isContended) this.#gateway.lock.onContention(this);
  }

  #run(bytes) {
    return this.#gateway.database.run(bytes, this.settings.runOptions);
  }

  async #acquireBackend() {
    clearTimeout(this.#idleTimer);
    if (!this.#holding && !(await this.#gateway.lock.acquire(this))) return false;
    this.#holding = true;
    this.#running = true;
    return true;
  }

  #release() {
    clearTimeout(this.#idleTimer);
    this.#holding = false;
    this.#gateway.lock.release(this);
  }

  /** Records whether the batch may change settings or create temporary tables. */
  #recordSideEffects(batch) {
    for (const { type, body } of batch) {
      let text = "";
      if (type === "Q") [text] = readString(body);
      else if (type === "B") text = this.#statements.text(readString(body, readString(body)[1])[0]);
      if (text === "") continue;
      this.settings.mayHaveChanged ||= mayChangeSettings(text);
      this.#temporary ||= USES_TEMPORARY.test(text);
    }
  }

  async #deliver(response, replayed = 0) {
    const keep = [];
    let hasDropped = false;
    let parses = replayed;
    // Without ReadyForQuery the series continues (Flush), or the server skips messages until a Sync after an error.
    if (this.#status === "I") this.#status = "H";
    for (const { type, body, raw } of messages(response)) {
      if (type === "Z") this.#status = String.fromCharCode(body[0]);
      if (type === "S") this.settings.mayHaveChanged = true;
      const drop =
        (type === "1" && parses-- > 0) || (type === "N" && errorFields(body).V?.startsWith("DEBUG"));
      if (drop) hasDropped = true;
      else keep.push(raw);
    }
    await this.#write(hasDropped ? Buffer.concat(keep) : response);
  }

  async #copy(command, replayed) {
    const run = (bytes) => this.#run(bytes);
    const copyIn = await requestCopyResponse(run, command, this.#status === "T");
    if (copyIn === null) {
      await this.#deliver(await run(copyMessages(command, [])), replayed);
      return;
    }
    await this.#write(copyIn);
    const data = [];
    for (;;) {
      this.#pause(); // others wait for this client from now on
      const next = await this.#read("next");
      if (next === null) return; // the connection was closed: nothing was run
      if (next.type === "d" || next.type === "c" || next.type === "f") data.push(next.raw);
      if (next.type === "c" || next.type === "f") break;
    }
    if (command[0][0] !== 0x51) await this.#read("next"); // the Sync that follows the data in the extended protocol
    clearTimeout(this.#idleTimer);
    this.#running = true;
    await this.#deliver(withoutCopyInResponse(await run(copyMessages(command, data))), replayed);
  }

  /** Answers a batch that was cancelled while it waited. */
  #refuseBatch(batch) {
    if (!this.#cancelled) return;
    this.#cancelled = false;
    this.#write(errorResponse("ERROR", "57014", "canceling statement due to user request"));
    if (batch.at(-1).type !== "H") this.#write(ready("I"));
  }

  async #readBatch() {
    const batch = [];
    for (;;) {
      const next = await this.#read("next");
      if (next === null || next.type === "X") return null;
      if (next.type === "d" || next.type === "c" || next.type === "f") continue; // data of a failed COPY
      if (!KNOWN.has(next.type)) throw new MalformedMessage(`message of type "${next.type}"`);
      batch.push(next);
      if (ENDS_BATCH.has(next.type)) return batch;
    }
  }

  async #read(how) {
    for (;;) {
      const found = this.#closed ? null : this.#reader[how]();
      if (found || this.#closed) return found;
      await new Promise((resolve) => {
        this.#resolveArrived = resolve;
      });
    }
  }

  /** @returns {Promise<void>} resolves when the socket accepts more data */
  #write(bytes) {
    if (this.#closed || bytes.length === 0 || this.#socket.write(bytes)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once("drain", resolve);
      this.#socket.once("close", resolve);
    });
  }

  #wakeReader() {
    this.#resolveArrived?.();
    this.#resolveArrived = null;
  }

  #handleClose() {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#idleTimer);
    if (this.#running && !this.#switching) this.#gateway.database.cancel(); // the response is not needed any more
    this.#gateway.lock.stopWaiting(this);
    this.#wakeReader();
  }

  /** Rolls back, closes the prepared statements and drops the temporary tables of this client. */
  async #cleanUp() {
    try {
      const closing = this.#statements.closeAll();
      const mustDeallocate = this.#statements.mustDeallocate();
      if (closing.length > 0 || this.#temporary || mustDeallocate) {
        if (!this.#holding && !(await this.#gateway.lock.acquire(this))) return;
        this.#holding = true;
      }
      if (!this.#holding) return;
      const parts = this.#status === "I" ? [] : [sync(), query("ROLLBACK")];
      if (this.#temporary) parts.push(query("DISCARD TEMP"));
      if (mustDeallocate) parts.push(query("DEALLOCATE ALL"));
      await this.#gateway.database.run(Buffer.concat([...parts, ...closing, sync()]), { timed: false });
    } catch (error) {
      if (!(error instanceof BackendCrashed)) throw error; // a new backend has nothing to clean up
    } finally {
      this.#release();
    }
  }
}
