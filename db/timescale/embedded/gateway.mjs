// Several clients, one backend: takes connections and lends the backend to one client after the other.
import { randomInt } from "node:crypto";
import net from "node:net";
import { PortTaken } from "./errors.mjs";
import { listenerOf } from "./ports.mjs";
import { Profile } from "./profile.mjs";
import { Session } from "./session.mjs";
import { Turnstile } from "./turnstile.mjs";
import { errorFields, messages, query, rowFields } from "./wire.mjs";

export class Gateway {
  #server;
  #sessions = new Map();
  #nextClient = 1;
  #owner = null; // whose settings the backend's session has now
  #lastUser = null; // who ran the last batch
  #idleInTransaction;
  #ready;
  #opened;

  /**
   * @param {import('./database.mjs').Database} database
   * @param {{idleInTransaction: number}} options milliseconds for which a client may sit in a transaction while others wait
   */
  constructor(database, { idleInTransaction }) {
    this.database = database;
    this.turnstile = new Turnstile();
    this.#idleInTransaction = idleInTransaction;
    this.#opened = new Promise((resolve) => {
      this.#ready = resolve;
    });
    this.turnstile.onWait = (holder) => holder.watchIdle?.(this.#idleInTransaction);
  }

  /** Takes the port; clients that come before `open` wait. @param {number} port 0 = any free one @returns {Promise<number>} */
  listen(port) {
    this.#server = net.createServer({ noDelay: true }, (socket) => this.#accept(socket));
    return new Promise((resolve, reject) => {
      this.#server.once("error", (error) => {
        const why =
          error.code === "EADDRINUSE"
            ? `is already taken${listenerOf(port)}`
            : `cannot be used: ${error.message}`;
        reject(
          new PortTaken(
            `Port ${port} on 127.0.0.1 ${why}; stop that process or choose another port with --port.`,
          ),
        );
      });
      this.#server.listen(port, "127.0.0.1", () => resolve(this.#server.address().port));
    });
  }

  open() {
    this.#ready();
  }

  whenOpen() {
    return this.#opened;
  }

  /** Ends every connection (FATAL, so that pools throw it away) and takes no new one. */
  disconnectAll(code, text) {
    for (const session of this.#sessions.values()) session.fatal(code, text);
  }

  async close() {
    this.#server?.close();
    this.disconnectAll("57P01", "terminating connection: the embedded database is being stopped");
    this.database.cancel(); // a job's statement; those of the clients have been
    await this.turnstile.enter(this);
  }

  /** The backend was started anew: nothing of the old session is left on it. */
  forgetBackend() {
    this.#owner = null;
    this.#lastUser = null;
  }

  /** @returns {boolean} whether nobody else used the backend since this client did */
  wasLast(session) {
    return this.#lastUser === session;
  }

  used(session) {
    this.#lastUser = session;
  }

  /** Makes the backend's session that of `session`; it must hold the turnstile, outside any transaction. */
  async adopt(session) {
    if (this.#owner === session) return;
    const before = this.#owner;
    if (before?.profile.touched) before.profile.remember(await this.rows(Profile.capture()));
    if (before?.profile.key !== session.profile.key) {
      this.#owner = null;
      await this.rows(session.profile.restore());
    }
    this.#owner = session;
    this.#lastUser = this.#lastUser === session ? session : null;
  }

  /** Runs a simple query of the gateway's own. @returns {Promise<(string|null)[][]>} its rows; throws on an error */
  async rows(bytes) {
    const out = [];
    for (const { type, body } of messages(await this.database.run(bytes, { timed: false }))) {
      if (type === "D") out.push(rowFields(body));
      if (type === "E") {
        const fields = errorFields(body);
        throw Object.assign(new Error(fields.M), { code: fields.C });
      }
    }
    return out;
  }

  /** Statements of the server itself (log-in, jobs), run as superuser in a session of their own. */
  async asServer(work) {
    const me = { profile: new Profile("postgres", new Map()) };
    await this.turnstile.enter(me);
    try {
      await this.adopt(me);
      this.used(me);
      return await work((sql) => this.rows(query(sql)));
    } finally {
      this.turnstile.release(me);
    }
  }

  cancel(pid, secret) {
    const session = this.#sessions.get(pid);
    if (session?.secret === secret) session.cancel();
  }

  #accept(socket) {
    const client = this.#nextClient++;
    const session = new Session(this, socket, { client, secret: randomInt(1, 2 ** 31) });
    this.#sessions.set(client, session);
    session.ended.then(() => {
      this.#sessions.delete(client);
      if (this.#lastUser === session) this.#lastUser = null;
    });
  }
}
