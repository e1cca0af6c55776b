// The PostgreSQL wire protocol, version 3: message framing, and the messages that the gateway creates or reads.
// Source: PostgreSQL documentation, chapter "Frontend/Backend Protocol" (Message Formats).

export const SSL_REQUEST = 80877103;
export const GSSENC_REQUEST = 80877104;
export const CANCEL_REQUEST = 80877102;
export const PROTOCOL_3_0 = 196608;
/** Longest message from a client in bytes: 1 GiB, the limit of one value in PostgreSQL. */
export const MAX_MESSAGE_LENGTH = 1 << 30;

/** @param {string} text @returns {Buffer} the text with a zero byte at the end */
const cstring = (text) => Buffer.from(`${text}\0`);

const int32 = (value) => {
  const out = Buffer.alloc(4);
  out.writeInt32BE(value);
  return out;
};

/**
 * Creates one message: a type byte, the length, the body.
 * @param {string} type one character
 * @param {...(string|Buffer)} parts strings get a zero byte at the end, buffers are copied
 */
export function message(type, ...parts) {
  const body = Buffer.concat(parts.map((part) => (typeof part === "string" ? cstring(part) : part)));
  const out = Buffer.alloc(5 + body.length);
  out[0] = type.charCodeAt(0);
  out.writeInt32BE(body.length + 4, 1);
  body.copy(out, 5);
  return out;
}

export const query = (sql) => message("Q", sql);
export const sync = () => message("S");
export const closeStatement = (name) => message("C", Buffer.from("S"), name);
export const copyFail = (reason) => message("f", reason);
export const authenticationOk = () => message("R", int32(0));
export const passwordRequest = () => message("R", int32(3));
export const parameterStatus = (name, value) => message("S", name, value);
export const backendKey = (pid, secret) => message("K", int32(pid), int32(secret));
export const ready = (status) => message("Z", Buffer.from(status));
/** The response to a client that requests a newer minor version than 3.0. */
export const negotiateVersion = (unknown) =>
  message("v", int32(PROTOCOL_3_0), int32(unknown.length), ...unknown);

/** @param {'ERROR'|'FATAL'} severity @param {string} code SQLSTATE @param {string} text @param {string} [hint] */
export function errorResponse(severity, code, text, hint) {
  const fields = [`S${severity}`, `V${severity}`, `C${code}`, `M${text}`, ...(hint ? [`H${hint}`] : [])];
  return message("E", ...fields, Buffer.from([0]));
}

/**
 * Iterates over messages.
 * @param {Buffer} bytes complete messages only
 * @yields {{type: string, body: Buffer, raw: Buffer}}
 */
export function* messages(bytes) {
  let at = 0;
  while (at < bytes.length) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    yield {
      type: String.fromCharCode(bytes[at]),
      body: bytes.subarray(at + 5, end),
      raw: bytes.subarray(at, end),
    };
    at = end;
  }
}

/** @param {Buffer} body @param {number} from @returns {[string, number]} the zero-terminated string and the start of the next field */
export function readString(body, from = 0) {
  const end = body.indexOf(0, from);
  return [body.toString("utf8", from, end), end + 1];
}

/** @param {Buffer} body of an ErrorResponse or NoticeResponse @returns {Record<string, string>} fields by their letter */
export function errorFields(body) {
  const fields = {};
  let at = 0;
  while (at < body.length && body[at] !== 0) {
    const [text, next] = readString(body, at + 1);
    fields[String.fromCharCode(body[at])] = text;
    at = next;
  }
  return fields;
}

/** @param {Buffer} body of a DataRow in text format @returns {(string|null)[]} */
export function rowFields(body) {
  const out = [];
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left -= 1) {
    const length = body.readInt32BE(at);
    out.push(length < 0 ? null : body.toString("utf8", at + 4, at + 4 + length));
    at += 4 + Math.max(length, 0);
  }
  return out;
}

export class MalformedMessage extends Error {}

/** Cuts the bytes of one client into complete messages. The start-up packet has no type byte and a method of its own. */
export class MessageReader {
  #chunks = [];
  #length = 0;

  /** @param {Buffer} chunk */
  push(chunk) {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** @returns {{type: string, body: Buffer, raw: Buffer}|null} the next message, null while it is incomplete */
  next() {
    const raw = this.#take(1);
    return raw && { type: String.fromCharCode(raw[0]), body: raw.subarray(5), raw };
  }

  /** @returns {Buffer|null} the body of the start-up packet without its length, null while it is incomplete */
  nextStartup() {
    const raw = this.#take(0);
    return raw?.subarray(4) ?? null;
  }

  #take(header) {
    if (this.#length < header + 4) return null;
    const length = this.#peek(header + 4).readInt32BE(header);
    if (length < 4 || length > MAX_MESSAGE_LENGTH) throw new MalformedMessage(`message of ${length} bytes`);
    const whole = header + length;
    if (this.#length < whole) return null;
    const bytes = this.#peek(this.#length);
    this.#chunks = whole === bytes.length ? [] : [bytes.subarray(whole)];
    this.#length -= whole;
    return bytes.subarray(0, whole);
  }

  /** Joins the chunks only when the first one is too short, so that a large message is copied once, not at every packet. */
  #peek(length) {
    if (this.#chunks[0].length < length) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0];
  }
}
