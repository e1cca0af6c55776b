// Which process listens on a port, as far as the operating system tells.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** @param {number} port @returns {string} such as ` by node (process 4711)`, or an empty string */
export function listenerOf(port) {
  try {
    return process.platform === "linux" ? fromProc(port) : fromLsof(port);
  } catch {
    return ""; // it is only a courtesy: without /proc or lsof the sentence is shorter
  }
}

function fromProc(port) {
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  const inodes = new Set();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of readFileSync(table, "utf8").split("\n").slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[3] === "0A" && fields[1].endsWith(`:${wanted}`)) inodes.add(`socket:[${fields[9]}]`);
    }
  }
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    if (holdsOneOf(pid, inodes))
      return ` by ${readFileSync(`/proc/${pid}/comm`, "utf8").trim()} (process ${pid})`;
  }
  return "";
}

function holdsOneOf(pid, inodes) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false; // another user's process, or one that has just ended
  }
}

function fromLsof(port) {
  const out = execFileSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], { encoding: "utf8" });
  const [, pid, command] = /^p(\d+)\nc(.*)$/m.exec(out) ?? [];
  return pid ? ` by ${command} (process ${pid})` : "";
}
