// The start of a connection: encryption requests, cancel requests, authentication, and the settings of the connection string.
import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto";
import { SessionSettings } from "./session_settings.mjs";
import {
  authenticationOk,
  backendKey,
  CANCEL_REQUEST,
  GSSENC_REQUEST,
  negotiateVersion,
  parameterStatus,
  passwordRequest,
  query,
  readString,
  ready,
  SSL_REQUEST,
} from "./wire_protocol.mjs";

const DATABASE = "postgres";
const ANALYSTS = "metrica_analyst";
const REPORTED = [
  "server_version",
  "server_encoding",
  "client_encoding",
  "application_name",
  "DateStyle",
  "IntervalStyle",
  "TimeZone",
  "integer_datetimes",
  "standard_conforming_strings",
  "is_superuser",
  "session_authorization",
  "in_hot_standby",
  "default_transaction_read_only",
  "scram_iterations",
  "search_path",
];

/** The login is refused; `code` is the SQLSTATE for the client. */
export class LoginError extends Error {
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

/**
 * @param {import('./gateway.mjs').Gateway} gateway
 * @param {import('./session.mjs').Session} session
 * @param {{startup: () => Promise<Buffer|null>, message: () => Promise<object|null>, write: (bytes: Buffer) => void}} client
 * @returns {Promise<SessionSettings|null>} null when the connection was a cancel request, or was closed
 */
export async function login(gateway, session, client) {
  const packet = await readStartup(gateway, client);
  if (packet === null) return null;
  const { user, database, settings } = packet;
  await gateway.whenOpen();
  if (!user) throw new LoginError("28000", "no user name was given");
  if (database !== DATABASE) {
    throw new LoginError(
      "3D000",
      `database "${database}" does not exist: the embedded server has one, "${DATABASE}"`,
    );
  }
  const role = await gateway.asServer((rows) => findRole(rows, user));
  if (!role?.canLogin)
    throw new LoginError("28000", `role "${user}" does not exist or is not permitted to log in`);
  if (!role.isSuperuser) {
    if (!gateway.database.canRestrictRoles) {
      throw new LoginError(
        "0A000",
        `this embedded server cannot restrict role "${user}": log in as postgres`,
      );
    }
    await checkPassword(client, user, role.verifier);
    if (!gateway.admit(session, user, role.connectionLimit))
      throw new LoginError("53300", `too many connections for role "${user}"`);
  }
  const limits = [roleTimeout(role.settings), role.isAnalyst ? gateway.analystTimeLimit : 0].filter(
    (limit) => limit > 0,
  );
  const timeLimit = role.isSuperuser || limits.length === 0 ? 0 : Math.min(...limits);
  const runOptions = { role: role.oid, timeLimit };
  session.settings = new SessionSettings(user, new Map([...role.settings, ...settings]), runOptions);
  const reported = await readReportedSettings(gateway, session);
  client.write(
    Buffer.concat([
      authenticationOk(),
      ...REPORTED.map((name, at) => parameterStatus(name, reported[at])),
      backendKey(session.client, session.secret),
      ready("I"),
    ]),
  );
  return session.settings;
}

async function readStartup(gateway, client) {
  for (;;) {
    const body = await client.startup();
    if (body === null) return null;
    const code = body.readInt32BE(0);
    if (code === SSL_REQUEST || code === GSSENC_REQUEST) {
      client.write(Buffer.from("N"));
    } else if (code === CANCEL_REQUEST) {
      gateway.cancel(body.readInt32BE(4), body.readInt32BE(8));
      return null;
    } else if (code >> 16 === 3) {
      return parseStartup(body, code, client);
    } else {
      throw new LoginError(
        "0A000",
        `unsupported frontend protocol ${code >> 16}.${code & 0xffff}: the server supports 3.0`,
      );
    }
  }
}

function parseStartup(body, code, client) {
  const fields = new Map();
  for (let at = 4; at < body.length && body[at] !== 0; ) {
    const [name, value] = readString(body, at);
    const [text, next] = readString(body, value);
    fields.set(name, text);
    at = next;
  }
  const unknown = [...fields.keys()].filter((name) => name.startsWith("_pq_."));
  if ((code & 0xffff) > 0 || unknown.length > 0) {
    client.write(negotiateVersion(unknown.map((name) => Buffer.from(`${name}\0`))));
  }
  const { user, database = user, options = "", replication, ...rest } = Object.fromEntries(fields);
  if (replication && replication !== "false")
    throw new LoginError("0A000", "the embedded server does not support replication");
  const otherSettings = Object.entries(rest).filter(([name]) => !name.startsWith("_pq_."));
  return { user, database, settings: new Map([...parseOptions(options), ...otherSettings]) };
}

/** Parses `-c name=value --name=value`, with backslashes before blanks, as in PGOPTIONS. */
function parseOptions(options) {
  const words = (options.match(/(?:\\.|[^\s\\])+/g) ?? []).map((word) => word.replace(/\\(.)/g, "$1"));
  const settings = words.map((word) => word.replace(/^(?:-c|--)/, "")).filter((word) => word.includes("="));
  return settings.map((word) => [
    word.slice(0, word.indexOf("=")).replaceAll("-", "_"),
    word.slice(word.indexOf("=") + 1),
  ]);
}

async function findRole(rows, user) {
  const name = `'${user.replaceAll("'", "''")}'`;
  const found =
    await rows(`SELECT rolcanlogin, rolsuper, rolpassword, oid, rolconnlimit, EXISTS (SELECT FROM pg_catalog.pg_roles g
      WHERE g.rolname = '${ANALYSTS}' AND pg_catalog.pg_has_role(pg_authid.oid, g.oid, 'MEMBER'))
    FROM pg_catalog.pg_authid WHERE rolname = ${name} AND (rolvaliduntil IS NULL OR rolvaliduntil > now())`);
  if (found.length === 0) return undefined;
  const [canLogin, isSuperuser, verifier, oid, connectionLimit, isAnalyst] = found[0];
  const settings =
    await rows(`SELECT entry FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_roles r ON r.oid = s.setrole,
    unnest(s.setconfig) entry WHERE r.rolname = ${name}`);
  return {
    canLogin: canLogin === "t",
    isSuperuser: isSuperuser === "t",
    verifier,
    oid: Number(oid),
    connectionLimit: Number(connectionLimit),
    isAnalyst: isAnalyst === "t",
    settings: settings.map(([entry]) => [
      entry.slice(0, entry.indexOf("=")),
      entry.slice(entry.indexOf("=") + 1),
    ]),
  };
}

/** Returns the statement_timeout of ALTER ROLE … SET. The gateway enforces it, even when the client changes the setting. */
function roleTimeout(settings) {
  const [, text = "0"] = settings.find(([name]) => name === "statement_timeout") ?? [];
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)?$/.exec(text) ?? [null, 0, "ms"];
  return Number(amount) * { ms: 1, s: 1000, min: 60_000, h: 3_600_000 }[unit ?? "ms"];
}

async function checkPassword(client, user, verifier) {
  client.write(passwordRequest());
  const response = await client.message();
  const password = response?.type === "p" ? readString(response.body)[0] : "";
  if (!passwordMatches(verifier, password))
    throw new LoginError("28P01", `password authentication failed for user "${user}"`);
}

/**
 * Checks a password against the SCRAM-SHA-256 verifier in pg_authid (RFC 5802, RFC 7677).
 * @param {string|null} verifier `SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>`
 * @param {string} password
 */
export function passwordMatches(verifier, password) {
  const parts = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):/.exec(verifier ?? "");
  if (!parts) return false;
  const [, iterations, salt, storedKey] = parts;
  const salted = pbkdf2Sync(
    password.normalize("NFKC"),
    Buffer.from(salt, "base64"),
    Number(iterations),
    32,
    "sha256",
  );
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  return timingSafeEqual(createHash("sha256").update(clientKey).digest(), Buffer.from(storedKey, "base64"));
}

async function readReportedSettings(gateway, session) {
  if (!(await gateway.lock.acquire(session))) throw new LoginError("57P01", "the server is being stopped");
  try {
    await gateway.switchTo(session);
    gateway.setLastUser(session);
    const values = REPORTED.map((name) => `pg_catalog.current_setting('${name}')`);
    return (await gateway.rows(query(`SELECT ${values.join(", ")}`)))[0];
  } finally {
    gateway.lock.release(session);
  }
}
