// The session settings of one client on the shared backend: saved when another client gets it, restored before its next use.
import { query } from "./wire_protocol.mjs";

const SUPERUSER = "postgres";
const CHANGES_SETTINGS = /(?:^|;)\s*(?:set|reset|discard|do|call|load)\b|\bset_config\s*\(/i;
const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const CURRENT_SETTINGS = `SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session' AND context IN ('user', 'superuser')
  UNION ALL SELECT 'role', nullif(pg_catalog.current_setting('role'), 'none')
  UNION ALL SELECT 'session_authorization', session_user`;

/** The defaults of a normal server. The WASM build starts its backend with those of single-user mode. */
const DEFAULTS = [
  ["search_path", '"$user", public'],
  ["enable_seqscan", "on"],
  ["client_min_messages", "notice"],
  ["TimeZone", "UTC"],
];

const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const isSettable = (name) => name !== "role" && name !== "session_authorization";

/** Returns whether a statement may change a setting of the session. */
export const mayChangeSettings = (sql) => CHANGES_SETTINGS.test(sql.replace(COMMENTS, " "));

export class SessionSettings {
  #settings;
  /** Set when a statement ran that may have changed a setting. */
  mayHaveChanged = false;

  /**
   * @param {string} user
   * @param {Map<string, string>} settings those of the connection string
   * @param {{role?: number, timeLimit?: number}} runOptions the client's options for `Database.run`
   */
  constructor(user, settings, runOptions = {}) {
    this.runOptions = runOptions;
    this.#settings = new Map([...DEFAULTS, ...settings, ["session_authorization", user]]);
  }

  /** Two clients with equal keys need no change of settings between them. */
  get key() {
    return JSON.stringify([...this.#settings].sort());
  }

  get role() {
    return this.#settings.get("session_authorization");
  }

  /** Returns the query whose rows `save` takes. */
  static currentSettingsQuery() {
    return query(CURRENT_SETTINGS);
  }

  /** Saves the settings. @param {(string|null)[][]} rows */
  save(rows) {
    this.#settings = new Map([...DEFAULTS, ...rows.filter(([, value]) => value !== null)]);
    this.mayHaveChanged = false;
  }

  /** Returns the query that gives the backend these settings. @param {string} [previousRole] the role that used it before */
  restoreQuery(previousRole) {
    // RESET SESSION AUTHORIZATION has no effect in single-user mode. The superuser may set every setting.
    const statements = [`SET SESSION AUTHORIZATION ${quoted(SUPERUSER)}`, "RESET ROLE", "RESET ALL"];
    if (this.role !== previousRole) statements.push("CLOSE ALL"); // a cursor WITH HOLD has the rows of another role
    const settings = [...this.#settings].filter(([name]) => isSettable(name));
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
