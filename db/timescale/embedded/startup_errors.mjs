// The errors that can prevent the server from starting. The message is one sentence for the user, the code is the exit status.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export class StartupError extends Error {
  exitCode = 1;
}

/** The command line cannot be read. */
export class UsageError extends StartupError {
  exitCode = 2;
}

/** Another process listens on the port. */
export class PortTakenError extends StartupError {
  exitCode = 3;
}

/** The data folder is in use, of another version, or not one of ours. */
export class DataFolderError extends StartupError {
  exitCode = 4;
}

/** Names the process that listens on a port. @param {number} port @returns {string} such as ` by node (process 4711)`, or an empty string */
export function describeListener(port) {
  try {
    return process.platform === "linux" ? findInProc(port) : findWithLsof(port);
  } catch {
    return ""; // unknown: the message is shorter without it
  }
}

function findInProc(port) {
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  const inodes = new Set();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of readFileSync(table, "utf8").split("\n").slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[3] === "0A" && fields[1].endsWith(`:${wanted}`)) inodes.add(`socket:[${fields[9]}]`);
    }
  }
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    if (hasOpenSocket(pid, inodes))
      return ` by ${readFileSync(`/proc/${pid}/comm`, "utf8").trim()} (process ${pid})`;
  }
  return "";
}

function hasOpenSocket(pid, inodes) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false; // a process of another user, or one that has ended
  }
}

function findWithLsof(port) {
  const out = execFileSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], { encoding: "utf8" });
  const [, pid, command] = /^p(\d+)\nc(.*)$/m.exec(out) ?? [];
  return pid ? ` by ${command} (process ${pid})` : "";
}
