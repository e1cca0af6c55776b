// Accepts connections and gives the one backend to one client after the other.
import { randomInt } from "node:crypto";
import net from "node:net";
import { FifoLock } from "./fifo_lock.mjs";
import { Session } from "./session.mjs";
import { SessionSettings } from "./session_settings.mjs";
import { describeListener, PortTakenError } from "./startup_errors.mjs";
import { errorFields, messages, query, rowFields } from "./wire_protocol.mjs";

export class Gateway {
  #server;
  #sessions = new Map();
  #nextClient = 1;
  #settingsOwner = null; // the session whose settings the backend has
  #lastUser = null; // the session that ran the last batch
  #idleInTransaction;
  #resolveOpened;
  #opened;

  /**
   * @param {import('./database.mjs').Database} database
   * @param {{idleInTransaction: number, analystTimeLimit: number}} options limits in milliseconds: for idle transactions while
   *   others wait; for statements of analysts, whatever their session sets, as the job `end_long_analyst_statements` does on a
   *   server with several backends
   */
  constructor(database, { idleInTransaction, analystTimeLimit }) {
    this.database = database;
    this.analystTimeLimit = analystTimeLimit;
    this.lock = new FifoLock();
    this.#idleInTransaction = idleInTransaction;
    this.#opened = new Promise((resolve) => {
      this.#resolveOpened = resolve;
    });
    this.lock.onContention = (holder) => holder.limitIdleTime?.(this.#idleInTransaction);
  }

  /** Listens on the port; clients that connect before `open` wait. @param {number} port 0 = any free one @returns {Promise<number>} */
  listen(port) {
    this.#server = net.createServer({ noDelay: true }, (socket) => this.#accept(socket));
    return new Promise((resolve, reject) => {
      this.#server.once("error", (error) => {
        const reason =
          error.code === "EADDRINUSE"
            ? `is already taken${describeListener(port)}`
            : `cannot be used: ${error.message}`;
        reject(
          new PortTakenError(
            `Port ${port} on 127.0.0.1 ${reason}; stop that process or choose another port with --port.`,
          ),
        );
      });
      this.#server.listen(port, "127.0.0.1", () => resolve(this.#server.address().port));
    });
  }

  /** Lets the clients log in. */
  open() {
    this.#resolveOpened();
  }

  whenOpen() {
    return this.#opened;
  }

  /** Ends every connection with a FATAL error, so that connection pools discard it. */
  disconnectAll(code, text) {
    for (const session of this.#sessions.values()) session.fatal(code, text);
  }

  /** Ends all connections and the running statement, and waits for the backend. */
  async close() {
    this.#server?.close();
    this.disconnectAll("57P01", "terminating connection: the embedded database is being stopped");
    this.database.cancel(); // the statement of a job; those of the clients are cancelled already
    await this.lock.acquire(this);
  }

  /** Counts a session towards the connection limit of its role. @returns {boolean} false when the limit is reached */
  admit(session, user, limit) {
    const count = [...this.#sessions.values()].filter((other) => other.user === user).length;
    if (limit >= 0 && count >= limit) return false;
    session.user = user;
    return true;
  }

  /** Call after a restart of the backend, which has a new session. */
  resetBackendState() {
    this.#settingsOwner = null;
    this.#lastUser = null;
  }

  /** @returns {boolean} whether no other session used the backend since this one did */
  wasLastUser(session) {
    return this.#lastUser === session;
  }

  /** Records the session that runs a batch. */
  setLastUser(session) {
    this.#lastUser = session;
  }

  /** Gives the backend the settings of `session`, which must hold the lock; not inside a transaction. */
  async switchTo(session) {
    if (this.#settingsOwner === session) return;
    const previous = this.#settingsOwner;
    if (previous?.settings.mayHaveChanged)
      previous.settings.save(await this.rows(SessionSettings.currentSettingsQuery()));
    if (previous?.settings.key !== session.settings.key) {
      this.#settingsOwner = null;
      await this.rows(session.settings.restoreQuery(previous?.settings.role));
    }
    this.#settingsOwner = session;
    this.#lastUser = this.#lastUser === session ? session : null;
  }

  /** Runs a simple query of the gateway itself. @returns {Promise<(string|null)[][]>} its rows; throws on an error */
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

  /** Runs statements of the gateway itself (login, jobs) as superuser in a session of their own. */
  async asServer(work) {
    const session = { settings: new SessionSettings("postgres", new Map()) };
    await this.lock.acquire(session);
    try {
      await this.switchTo(session);
      this.setLastUser(session);
      return await work((sql) => this.rows(query(sql)));
    } finally {
      this.lock.release(session);
    }
  }

  /** Handles a cancel request: `pid` and `secret` are those sent at login. */
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
