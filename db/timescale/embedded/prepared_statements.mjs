// The prepared statements of one client on the shared backend. Each client's names get a prefix. A statement that was lost
// (another client ran DEALLOCATE ALL, or overwrote the unnamed statement) is parsed again before it is used.
import { closeStatement, message, readString } from "./wire_protocol.mjs";

const DEALLOCATES_ALL = /\b(?:deallocate|discard)\s+(?:prepare\s+)?all\b/i;
const PREPARES = /(?:^|;)\s*prepare\s+(?!transaction\b)/i;
const DEALLOCATES_ONE = /^\s*deallocate\s+(?:prepare\s+)?(?:"([^"]+)"|(\w+))\s*;?\s*$/i;

const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;

const STATEMENT = 0x53; // "S": the message is about a prepared statement, not a portal

/** Incremented when the backend drops the statements of all clients. */
let generation = 0;

export class PreparedStatements {
  #prefix;
  #parsed = new Map(); // name → {parse: Buffer, text, generation}
  #usesSql = false; // whether the client ran PREPARE, whose names get no prefix

  /** @param {number} client */
  constructor(client) {
    this.#prefix = `c${client}_`;
  }

  /** Returns the SQL text of a parsed statement. */
  text(name) {
    return this.#parsed.get(name)?.text ?? "";
  }

  /**
   * Rewrites one batch for the shared backend.
   * @param {{type: string, body: Buffer, raw: Buffer}[]} batch
   * @param {boolean} isExclusive whether no other client used the backend since this client's last batch
   * @returns {{bytes: Buffer[], replayed: number}} messages, and the number of ParseComplete messages that belong to the replay
   */
  rewrite(batch, isExclusive) {
    const replay = [];
    const parsedNow = new Set(); // names parsed in this batch
    const use = (name) => {
      const known = this.#parsed.get(name);
      const isLost = known && (known.generation !== generation || (name === "" && !isExclusive));
      if (isLost && !parsedNow.has(name)) {
        replay.push(known.parse);
        known.generation = generation;
        parsedNow.add(name);
      }
      return this.#rename(name);
    };
    const bytes = batch.map(({ type, body, raw }) => {
      if (type === "P") return this.#parse(body, parsedNow);
      if (type === "B") return this.#bind(body, use);
      if (type === "D" && body[0] === STATEMENT)
        return message("D", Buffer.from("S"), use(readString(body, 1)[0]));
      if (type === "C" && body[0] === STATEMENT) return this.#close(body);
      return type === "Q" ? this.#simple(body, raw) : raw;
    });
    return { bytes: [...replay, ...bytes], replayed: replay.length };
  }

  /** Returns the messages that close this client's statements. */
  closeAll() {
    const names = [...this.#parsed.keys()].filter((name) => name !== "");
    this.#parsed.clear();
    return names.map((name) => closeStatement(this.#rename(name)));
  }

  /** Returns whether DEALLOCATE ALL has to run when the client is gone: after PREPARE, as `pg_dump` runs it. */
  mustDeallocate() {
    if (this.#usesSql) generation += 1;
    return this.#usesSql;
  }

  #parse(body, parsedNow) {
    const [name, next] = readString(body);
    const parse = message("P", this.#rename(name), body.subarray(next));
    this.#parsed.set(name, { parse, text: readString(body, next)[0], generation });
    parsedNow.add(name);
    return parse;
  }

  #bind(body, use) {
    const [portal, at] = readString(body);
    const [name, next] = readString(body, at);
    const bind = message("B", portal, use(name), body.subarray(next));
    if (DEALLOCATES_ALL.test(this.text(name))) generation += 1;
    this.#recordPrepare(this.text(name));
    return bind;
  }

  #close(body) {
    const [name] = readString(body, 1);
    this.#parsed.delete(name);
    return closeStatement(this.#rename(name));
  }

  #simple(body, raw) {
    const [text] = readString(body);
    this.#recordPrepare(text);
    if (DEALLOCATES_ALL.test(text)) {
      generation += 1;
      this.#parsed.clear();
    }
    const [, quoted, plain] = DEALLOCATES_ONE.exec(text) ?? [];
    const name = quoted ?? plain?.toLowerCase();
    if (name === undefined || !this.#parsed.delete(name)) return raw;
    return message("Q", `DEALLOCATE "${this.#rename(name)}"`);
  }

  #recordPrepare(text) {
    this.#usesSql ||= PREPARES.test(text.replace(COMMENTS, " "));
  }

  #rename(name) {
    return name === "" ? "" : this.#prefix + name;
  }
}
