// From a new connection to a session: encryption requests, cancel requests, who it is, and the settings it asks for.
import { passwordMatches } from "./passwords.mjs";
import { Profile } from "./profile.mjs";
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
} from "./wire.mjs";

const DATABASE = "postgres";
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

/** The client may not come in; `code` is the SQLSTATE it is told. */
export class LoginRefused extends Error {
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

/**
 * @param {import('./gateway.mjs').Gateway} gateway
 * @param {import('./session.mjs').Session} session
 * @param {{startup: () => Promise<Buffer|null>, message: () => Promise<object|null>, write: (bytes: Buffer) => void}} client
 * @returns {Promise<Profile|null>} null when the connection was only a cancel request, or went away
 */
export async function login(gateway, session, client) {
  const packet = await readStartup(gateway, client);
  if (packet === null) return null;
  const { user, database, settings } = packet;
  await gateway.whenOpen();
  if (!user) throw new LoginRefused("28000", "no user name was given");
  if (database !== DATABASE) {
    throw new LoginRefused(
      "3D000",
      `database "${database}" does not exist: the embedded server has one, "${DATABASE}"`,
    );
  }
  const role = await gateway.asServer((rows) => lookUp(rows, user));
  if (!role?.canLogin)
    throw new LoginRefused("28000", `role "${user}" does not exist or is not permitted to log in`);
  if (!role.isSuperuser) {
    if (!gateway.database.restricts) {
      throw new LoginRefused(
        "0A000",
        `this embedded server cannot limit what role "${user}" may do: log in as postgres`,
      );
    }
    await checkPassword(client, user, role.verifier);
  }
  const rights = { as: role.oid, atMost: role.isSuperuser ? 0 : milliseconds(role.settings) };
  session.profile = new Profile(user, new Map([...role.settings, ...settings]), rights);
  const shown = await showSettings(gateway, session);
  client.write(
    Buffer.concat([
      authenticationOk(),
      ...REPORTED.map((name, at) => parameterStatus(name, shown[at])),
      backendKey(session.client, session.secret),
      ready("I"),
    ]),
  );
  return session.profile;
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
      return parameters(body, code, client);
    } else {
      throw new LoginRefused(
        "0A000",
        `unsupported frontend protocol ${code >> 16}.${code & 0xffff}: the server supports 3.0`,
      );
    }
  }
}

function parameters(body, code, client) {
  const given = new Map();
  for (let at = 4; at < body.length && body[at] !== 0; ) {
    const [name, value] = readString(body, at);
    const [text, next] = readString(body, value);
    given.set(name, text);
    at = next;
  }
  const unknown = [...given.keys()].filter((name) => name.startsWith("_pq_."));
  if ((code & 0xffff) > 0 || unknown.length > 0) {
    client.write(negotiateVersion(unknown.map((name) => Buffer.from(`${name}\0`))));
  }
  const { user, database = user, options = "", replication, ...rest } = Object.fromEntries(given);
  if (replication && replication !== "false")
    throw new LoginRefused("0A000", "the embedded server does not replicate");
  const own = Object.entries(rest).filter(([name]) => !name.startsWith("_pq_."));
  return { user, database, settings: new Map([...fromOptions(options), ...own]) };
}

/** `-c name=value --name=value`, with backslashes before blanks, as in PGOPTIONS. */
function fromOptions(options) {
  const words = (options.match(/(?:\\.|[^\s\\])+/g) ?? []).map((word) => word.replace(/\\(.)/g, "$1"));
  const settings = words.map((word) => word.replace(/^(?:-c|--)/, "")).filter((word) => word.includes("="));
  return settings.map((word) => [
    word.slice(0, word.indexOf("=")).replaceAll("-", "_"),
    word.slice(word.indexOf("=") + 1),
  ]);
}

async function lookUp(rows, user) {
  const name = `'${user.replaceAll("'", "''")}'`;
  const found = await rows(`SELECT rolcanlogin, rolsuper, rolpassword, oid FROM pg_catalog.pg_authid
    WHERE rolname = ${name} AND (rolvaliduntil IS NULL OR rolvaliduntil > now())`);
  if (found.length === 0) return undefined;
  const [canLogin, isSuperuser, verifier, oid] = found[0];
  const settings =
    await rows(`SELECT entry FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_roles r ON r.oid = s.setrole,
    unnest(s.setconfig) entry WHERE r.rolname = ${name}`);
  return {
    canLogin: canLogin === "t",
    isSuperuser: isSuperuser === "t",
    verifier,
    oid: Number(oid),
    settings: settings.map(([entry]) => [
      entry.slice(0, entry.indexOf("=")),
      entry.slice(entry.indexOf("=") + 1),
    ]),
  };
}

/** The role's own statement_timeout (ALTER ROLE … SET): the server lets it be switched off again, the gateway does not. */
function milliseconds(settings) {
  const [, text = "0"] = settings.find(([name]) => name === "statement_timeout") ?? [];
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)?$/.exec(text) ?? [null, 0, "ms"];
  return Number(amount) * { ms: 1, s: 1000, min: 60_000, h: 3_600_000 }[unit ?? "ms"];
}

async function checkPassword(client, user, verifier) {
  client.write(passwordRequest());
  const answer = await client.message();
  const password = answer?.type === "p" ? readString(answer.body)[0] : "";
  if (!passwordMatches(verifier, password))
    throw new LoginRefused("28P01", `password authentication failed for user "${user}"`);
}

async function showSettings(gateway, session) {
  if (!(await gateway.turnstile.enter(session)))
    throw new LoginRefused("57P01", "the server is being stopped");
  try {
    await gateway.adopt(session);
    gateway.used(session);
    const values = REPORTED.map((name) => `pg_catalog.current_setting('${name}')`);
    return (await gateway.rows(query(`SELECT ${values.join(", ")}`)))[0];
  } finally {
    gateway.turnstile.release(session);
  }
}
