// Bytes of one client, cut into whole messages; the start-up packet has no type byte, so it has a reader of its own.
import { LONGEST_MESSAGE } from "./wire.mjs";

export class MalformedMessage extends Error {}

export class Framing {
  #chunks = [];
  #length = 0;

  /** @param {Buffer} chunk */
  push(chunk) {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** @returns {{type: string, body: Buffer, raw: Buffer}|null} the next whole message, if it has arrived */
  next() {
    const raw = this.#take(1);
    return raw && { type: String.fromCharCode(raw[0]), body: raw.subarray(5), raw };
  }

  /** @returns {Buffer|null} body of the next start-up packet (without its length) */
  nextStartup() {
    const raw = this.#take(0);
    return raw?.subarray(4) ?? null;
  }

  #take(header) {
    if (this.#length < header + 4) return null;
    const length = this.#peek(header + 4).readInt32BE(header);
    if (length < 4 || length > LONGEST_MESSAGE) throw new MalformedMessage(`message of ${length} bytes`);
    const whole = header + length;
    if (this.#length < whole) return null;
    const bytes = this.#peek(this.#length);
    this.#chunks = whole === bytes.length ? [] : [bytes.subarray(whole)];
    this.#length -= whole;
    return bytes.subarray(0, whole);
  }

  /** Joins the chunks only when the first one is too short: a large message is copied once, not at every packet. */
  #peek(length) {
    if (this.#chunks[0].length < length) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0];
  }
}
