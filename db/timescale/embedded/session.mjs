// One client: its messages in batches to the backend, the answers back; the backend is held from the first message of a
// transaction until ReadyForQuery says idle.

import { askForCopy, copiesIn, copyWith, withoutCopyInResponse } from "./copy.mjs";
import { BackendCrashed } from "./database.mjs";
import { Framing, MalformedMessage } from "./framing.mjs";
import { LoginRefused, login } from "./login.mjs";
import { maySet } from "./profile.mjs";
import { Statements } from "./statements.mjs";
import { errorFields, errorResponse, messages, query, readString, ready, sync } from "./wire.mjs";

const ENDS_BATCH = new Set(["Q", "S", "H", "F", "X"]);
const KNOWN = new Set([...ENDS_BATCH, "P", "B", "D", "E", "C"]); // of any other the backend would die
const MAKES_TEMPORARY = /\btemp(?:orary)?\b/i;

export class Session {
  profile = null;
  #gateway;
  #socket;
  #framing = new Framing();
  #statements;
  #arrived = null; // resolver of whoever waits for more bytes
  #gone = false;
  #status = "I"; // I idle, T in a transaction, E in a failed one, H in the middle of a series of messages
  #running = false;
  #adopting = false; // the backend's session is being made this client's
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
    this.#statements = new Statements(client);
    socket.on("data", (chunk) => {
      this.#framing.push(chunk);
      this.#wake();
    });
    socket.on("error", () => {}); // 'close' follows
    socket.on("close", () => this.#left());
    this.ended = this.#serve();
  }

  /** Stops what this client runs or waits for (SQLSTATE 57014). */
  cancel() {
    if (this.#adopting || this.#gateway.turnstile.leave(this)) this.#cancelled = true;
    else if (this.#running) this.#gateway.database.cancel();
  }

  /** Tells the client why and hangs up. */
  fatal(code, text, hint) {
    if (this.#gone) return;
    this.#socket.end(errorResponse("FATAL", code, text, hint));
    this.#left();
  }

  /** Somebody waits: hang up when this client has sat in its transaction for longer than `limit` milliseconds. */
  watchIdle(limit) {
    clearTimeout(this.#idleTimer);
    if (this.#running || !this.#holding) return;
    const left = Math.max(0, limit - (performance.now() - this.#idleSince));
    this.#idleTimer = setTimeout(() => {
      const text = "terminating connection due to idle-in-transaction timeout";
      this.fatal(
        "25P03",
        text,
        `Others waited while this transaction was open for more than ${limit / 1000} s; it was rolled back.`,
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
      this.profile = await login(this.#gateway, this, client);
      for (;;) {
        const batch = this.profile && (await this.#readBatch());
        if (!batch) break;
        await this.#handle(batch);
      }
    } catch (error) {
      this.#explain(error);
    } finally {
      await this.#cleanUp();
      this.#socket.end();
    }
  }

  #explain(error) {
    if (error instanceof LoginRefused) this.fatal(error.code, error.message);
    else if (error instanceof MalformedMessage) this.fatal("08P01", `protocol violation: ${error.message}`);
    else if (error instanceof BackendCrashed)
      this.fatal("57P02", `the database backend ended (${error.message}) and was started again`);
    else if (error.code)
      this.fatal(error.code, error.message); // a setting asked for at start-up that the server refuses
    else this.fatal("XX000", `gateway: ${error.message}`);
  }

  async #handle(batch) {
    if (!(await this.#take())) {
      this.#refuseBatch(batch);
      return;
    }
    try {
      await this.#adopt();
      if (this.#cancelled) this.#refuseBatch(batch);
      else await this.#work(batch);
    } finally {
      this.#running = false;
    }
    if (this.#status === "I") this.#release();
    else this.#pause();
  }

  async #adopt() {
    this.#adopting = true;
    try {
      await this.#gateway.adopt(this);
    } finally {
      this.#adopting = false;
    }
  }

  async #work(batch) {
    const { bytes, replayed } = this.#statements.rewrite(batch, this.#gateway.wasLast(this));
    this.#gateway.used(this);
    this.#note(batch);
    if (copiesIn(batch, (name) => this.#statements.text(name))) await this.#copy(bytes, replayed);
    else await this.#deliver(await this.#run(Buffer.concat(bytes)), replayed);
  }

  /** It has the backend and is silent: how long that may last depends on whether others wait. */
  #pause() {
    this.#running = false;
    this.#idleSince = performance.now();
    if (this.#gateway.turnstile.contended) this.#gateway.turnstile.onWait(this);
  }

  #run(bytes) {
    return this.#gateway.database.run(bytes, this.profile.rights);
  }

  async #take() {
    clearTimeout(this.#idleTimer);
    if (!this.#holding && !(await this.#gateway.turnstile.enter(this))) return false;
    this.#holding = true;
    this.#running = true;
    return true;
  }

  #release() {
    clearTimeout(this.#idleTimer);
    this.#holding = false;
    this.#gateway.turnstile.release(this);
  }

  /** Remembers what of this batch will have to be put back or cleared away. */
  #note(batch) {
    for (const { type, body } of batch) {
      let text = "";
      if (type === "Q") [text] = readString(body);
      else if (type === "B") text = this.#statements.text(readString(body, readString(body)[1])[0]);
      if (text === "") continue;
      this.profile.touched ||= maySet(text);
      this.#temporary ||= MAKES_TEMPORARY.test(text);
    }
  }

  async #deliver(answer, replayed = 0) {
    const keep = [];
    let dropped = false;
    let parses = replayed;
    // No ReadyForQuery: the series goes on (Flush), or the server skips all until a Sync because of an error.
    if (this.#status === "I") this.#status = "H";
    for (const { type, body, raw } of messages(answer)) {
      if (type === "Z") this.#status = String.fromCharCode(body[0]);
      if (type === "S") this.profile.touched = true;
      const drop =
        (type === "1" && parses-- > 0) || (type === "N" && errorFields(body).V?.startsWith("DEBUG"));
      if (drop) dropped = true;
      else keep.push(raw);
    }
    await this.#write(dropped ? Buffer.concat(keep) : answer);
  }

  async #copy(command, replayed) {
    const run = (bytes) => this.#run(bytes);
    const copyIn = await askForCopy(run, command, this.#status === "T");
    if (copyIn === null) {
      await this.#deliver(await run(copyWith(command, [])), replayed);
      return;
    }
    await this.#write(copyIn);
    const data = [];
    for (;;) {
      this.#pause(); // the others wait for this client now
      const next = await this.#read("next");
      if (next === null) return; // the client left: nothing of it was run
      if (next.type === "d" || next.type === "c" || next.type === "f") data.push(next.raw);
      if (next.type === "c" || next.type === "f") break;
    }
    if (command[0][0] !== 0x51) await this.#read("next"); // the Sync that follows the data in the extended protocol
    clearTimeout(this.#idleTimer);
    this.#running = true;
    await this.#deliver(withoutCopyInResponse(await run(copyWith(command, data))), replayed);
  }

  /** Cancelled while it waited for its turn. */
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
      if (next.type === "d" || next.type === "c" || next.type === "f") continue; // left over from a COPY that failed
      if (!KNOWN.has(next.type)) throw new MalformedMessage(`message of type "${next.type}"`);
      batch.push(next);
      if (ENDS_BATCH.has(next.type)) return batch;
    }
  }

  async #read(how) {
    for (;;) {
      const found = this.#gone ? null : this.#framing[how]();
      if (found || this.#gone) return found;
      await new Promise((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  /** @returns {Promise<void>} when the client has room for more */
  #write(bytes) {
    if (this.#gone || bytes.length === 0 || this.#socket.write(bytes)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once("drain", resolve);
      this.#socket.once("close", resolve);
    });
  }

  #wake() {
    this.#arrived?.();
    this.#arrived = null;
  }

  #left() {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#idleTimer);
    if (this.#running && !this.#adopting) this.#gateway.database.cancel(); // nobody is there to hear the answer
    this.#gateway.turnstile.leave(this);
    this.#wake();
  }

  /** Leaves the backend as if this client had never been there: rolls back, closes its statements, drops its temporary tables. */
  async #cleanUp() {
    try {
      const closing = this.#statements.closeAll();
      if (closing.length > 0 || this.#temporary) {
        if (!this.#holding && !(await this.#gateway.turnstile.enter(this))) return;
        this.#holding = true;
      }
      if (!this.#holding) return;
      const parts = this.#status === "I" ? [] : [sync(), query("ROLLBACK")];
      if (this.#temporary) parts.push(query("DISCARD TEMP"));
      await this.#gateway.database.run(Buffer.concat([...parts, ...closing, sync()]), { timed: false });
    } catch (error) {
      if (!(error instanceof BackendCrashed)) throw error; // a new backend has none of it anyway
    } finally {
      this.#release();
    }
  }
}
