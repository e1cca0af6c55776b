#!/usr/bin/env node
// TimescaleDB for one machine: `node server.mjs --data DIR --port N`. Prints `ready postgresql://…` when it accepts connections;
// SIGTERM or SIGINT stops it. Exit status: 0 stopped, 1 failed to start, 2 wrong usage, 3 port taken, 4 data folder refused.
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { DataFolder } from "./data_folder.mjs";
import { Database } from "./database.mjs";
import { Gateway } from "./gateway.mjs";
import { Jobs } from "./jobs.mjs";
import { StartupError, UsageError } from "./startup_errors.mjs";

const USAGE =
  "Usage: node server.mjs --data DIR [--port N] [--idle-in-transaction SECONDS] [--analyst-statement SECONDS] [--jobs-every SECONDS] [--no-flush] [--stop-with-parent]";

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: "string" },
        port: { type: "string", default: "8406" },
        "idle-in-transaction": { type: "string", default: "5" },
        "analyst-statement": { type: "string", default: "30" },
        "jobs-every": { type: "string", default: "5" },
        "no-flush": { type: "boolean", default: false },
        "stop-with-parent": { type: "boolean", default: false },
      },
    });
    const number = (name, from, to) => {
      const value = Number(values[name]);
      if (!(value >= from && value <= to))
        throw new UsageError(`--${name} must be ${from} to ${to}, not "${values[name]}". ${USAGE}`);
      return value;
    };
    if (!values.data) throw new UsageError(`--data is missing. ${USAGE}`);
    return {
      data: values.data,
      port: number("port", 0, 65535),
      idleInTransaction: number("idle-in-transaction", 0.1, 86_400) * 1000,
      analystTimeLimit: number("analyst-statement", 0.1, 86_400) * 1000,
      jobsEvery: number("jobs-every", 0, 86_400),
      durable: !values["no-flush"],
      stopWithParent: values["stop-with-parent"],
    };
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new UsageError(`${error.message} ${USAGE}`);
  }
}

/**
 * Selects V8's compiler for the WASM code. Its baseline compiler alone saves 2 to 6 s of CPU time at each start, and long
 * statements take up to 1.5 times as long. V8 reads the flag when it compiles, so this comes before the backend starts.
 */
function selectCompiler() {
  const compiler = process.env.METRICA_WASM_COMPILER ?? "optimizing";
  if (compiler !== "optimizing" && compiler !== "baseline")
    throw new UsageError(`METRICA_WASM_COMPILER must be optimizing or baseline, not "${compiler}".`);
  if (compiler === "baseline") setFlagsFromString("--liftoff-only");
}

/** Limit for the running statement after SIGTERM. */
const STOP_TIMEOUT_MS = 10_000;

const log = (line) => process.stderr.write(`${line}\n`);

async function main() {
  const options = readArguments();
  selectCompiler();
  const folder = new DataFolder(options.data);
  const database = new Database(folder.cluster, options);
  const gateway = new Gateway(database, options);
  const jobs = new Jobs(gateway, { every: options.jobsEvery, log });
  const port = await gateway.listen(options.port);
  folder.open();
  process.once("exit", () => folder.close());
  await startBackend(database, options.data);

  database.onCrash = async (reason) => {
    log(`the database backend ended (${reason}); it is being started again`);
    gateway.disconnectAll(
      "57P02",
      "terminating connection because the database backend ended and is being started again",
    );
    gateway.resetBackendState();
    await startBackend(database, options.data).catch(reportAndExit);
  };
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref(); // the next start rolls back what is not committed
    jobs.stop();
    await gateway.close();
    await database.close();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // Standard input closes when the parent process ends, even by a kill.
  if (options.stopWithParent) process.stdin.resume().on("end", stop).on("error", stop);
  gateway.open();
  jobs.start();
  process.stdout.write(`ready postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable\n`);
}

async function startBackend(database, data) {
  try {
    await database.start();
  } catch (error) {
    throw new StartupError(`The database in ${data} cannot be started: ${error.message}.`);
  }
}

function reportAndExit(error) {
  log(
    error instanceof StartupError
      ? error.message
      : `The embedded database ended unexpectedly: ${error.stack}`,
  );
  process.exit(error.exitCode ?? 1);
}

main().catch(reportAndExit);
