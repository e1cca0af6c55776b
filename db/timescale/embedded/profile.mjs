// Session settings of one client on a backend that all share: remembered when it goes, put back when it comes.
import { query } from "./wire.mjs";

const MAY_SET = /(?:^|;)\s*(?:set|reset|discard|do|call|load)\b|\bset_config\s*\(/i;
const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const CAPTURE = `SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session' AND context IN ('user', 'superuser')
  UNION ALL SELECT 'role', nullif(pg_catalog.current_setting('role'), 'none')
  UNION ALL SELECT 'session_authorization', session_user`;

/** The WASM build starts its backend with options of a single-user server; these are a real server's defaults. */
const DEFAULTS = [
  ["search_path", '"$user", public'],
  ["enable_seqscan", "on"],
  ["client_min_messages", "notice"],
  ["TimeZone", "UTC"],
];

const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const settable = (name) => name !== "role" && name !== "session_authorization";

/** Whether a statement may leave a setting of the session changed. */
export const maySet = (sql) => MAY_SET.test(sql.replace(COMMENTS, " "));

export class Profile {
  #settings;
  /** Set when a statement ran that may have changed a setting. */
  touched = false;

  /**
   * @param {string} user
   * @param {Map<string, string>} settings as asked for at start-up
   * @param {{as?: number, atMost?: number}} rights see `Database.run`
   */
  constructor(user, settings, rights = {}) {
    this.rights = rights;
    this.#settings = new Map([...DEFAULTS, ...settings, ["session_authorization", user]]);
  }

  /** Equal keys: the backend can pass from one client to the other without a word. */
  get key() {
    return JSON.stringify([...this.#settings].sort());
  }

  get role() {
    return this.#settings.get("session_authorization");
  }

  /** The message that asks the backend for what `remember` takes. */
  static capture() {
    return query(CAPTURE);
  }

  /** @param {(string|null)[][]} rows */
  remember(rows) {
    this.#settings = new Map([...DEFAULTS, ...rows.filter(([, value]) => value !== null)]);
    this.touched = false;
  }

  /** The message that makes the backend's session this client's. */
  restore() {
    const statements = ["RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL"];
    const settings = [...this.#settings].filter(([name]) => settable(name));
    if (settings.length > 0) {
      const calls = settings.map(
        ([name, value]) => `pg_catalog.set_config(${literal(name)}, ${literal(value)}, false)`,
      );
      statements.push(`SELECT ${calls.join(", ")}`);
    }
    statements.push(`SET SESSION AUTHORIZATION ${quoted(this.role)}`);
    const role = this.#settings.get("role");
    if (role) statements.push(`SET ROLE ${quoted(role)}`);
    return query(statements.join("; "));
  }
}
