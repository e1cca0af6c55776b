// Prepared statements of one client on a backend that all share: each client's names get a prefix of its own, and a statement
// that is not there any more (somebody said DEALLOCATE ALL; the unnamed one was overwritten) is parsed again before it is used.
import { closeStatement, message, readString } from "./wire.mjs";

const FORGETS_ALL = /\b(?:deallocate|discard)\s+(?:prepare\s+)?all\b/i;
const FORGETS_ONE = /^\s*deallocate\s+(?:prepare\s+)?(?:"([^"]+)"|(\w+))\s*;?\s*$/i;

const STATEMENT = 0x53; // "S": the message is about a prepared statement, not a portal

/** Rises when the backend forgets every statement, whoever made them. */
let generation = 0;

export class Statements {
  #prefix;
  #parsed = new Map(); // name → {parse: Buffer, text, generation}

  /** @param {number} client */
  constructor(client) {
    this.#prefix = `c${client}_`;
  }

  /** SQL text of a statement that was parsed before. */
  text(name) {
    return this.#parsed.get(name)?.text ?? "";
  }

  /**
   * Rewrites one batch for the shared backend.
   * @param {{type: string, body: Buffer, raw: Buffer}[]} batch
   * @param {boolean} alone whether nobody else used the backend since this client's last batch
   * @returns {{bytes: Buffer[], replayed: number}} messages, and how many ParseComplete answers belong to the replay
   */
  rewrite(batch, alone) {
    const replay = [];
    const fresh = new Set(); // parsed in this batch
    const use = (name) => {
      const known = this.#parsed.get(name);
      const lost = known && (known.generation !== generation || (name === "" && !alone));
      if (lost && !fresh.has(name)) {
        replay.push(known.parse);
        known.generation = generation;
        fresh.add(name);
      }
      return this.#rename(name);
    };
    const bytes = batch.map(({ type, body, raw }) => {
      if (type === "P") return this.#parse(body, fresh);
      if (type === "B") return this.#bind(body, use);
      if (type === "D" && body[0] === STATEMENT)
        return message("D", Buffer.from("S"), use(readString(body, 1)[0]));
      if (type === "C" && body[0] === STATEMENT) return this.#close(body);
      return type === "Q" ? this.#simple(body, raw) : raw;
    });
    return { bytes: [...replay, ...bytes], replayed: replay.length };
  }

  /** Messages that remove what this client left on the backend. */
  closeAll() {
    const names = [...this.#parsed.keys()].filter((name) => name !== "");
    this.#parsed.clear();
    return names.map((name) => closeStatement(this.#rename(name)));
  }

  #parse(body, fresh) {
    const [name, next] = readString(body);
    const parse = message("P", this.#rename(name), body.subarray(next));
    this.#parsed.set(name, { parse, text: readString(body, next)[0], generation });
    fresh.add(name);
    return parse;
  }

  #bind(body, use) {
    const [portal, at] = readString(body);
    const [name, next] = readString(body, at);
    const bind = message("B", portal, use(name), body.subarray(next));
    if (FORGETS_ALL.test(this.text(name))) generation += 1;
    return bind;
  }

  #close(body) {
    const [name] = readString(body, 1);
    this.#parsed.delete(name);
    return closeStatement(this.#rename(name));
  }

  #simple(body, raw) {
    const [text] = readString(body);
    if (FORGETS_ALL.test(text)) {
      generation += 1;
      this.#parsed.clear();
    }
    const [, quoted, plain] = FORGETS_ONE.exec(text) ?? [];
    const name = quoted ?? plain?.toLowerCase();
    if (name === undefined || !this.#parsed.delete(name)) return raw;
    return message("Q", `DEALLOCATE "${this.#rename(name)}"`);
  }

  #rename(name) {
    return name === "" ? "" : this.#prefix + name;
  }
}
