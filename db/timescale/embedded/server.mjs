#!/usr/bin/env node
// TimescaleDB for one machine: `node server.mjs --data DIR --port N`. Prints `ready postgresql://…` when it serves; SIGTERM or
// SIGINT ends it cleanly. Exit status: 0 ended as asked, 1 it could not start, 2 usage, 3 port taken, 4 data folder refused.
import { parseArgs } from "node:util";
import { Database } from "./database.mjs";
import { DataFolder } from "./datafolder.mjs";
import { BadUsage, CannotStart } from "./errors.mjs";
import { Gateway } from "./gateway.mjs";
import { Jobs } from "./jobs.mjs";

const USAGE =
  "Usage: node server.mjs --data DIR [--port N] [--idle-in-transaction SECONDS] [--jobs-every SECONDS] [--no-flush] [--stop-with-parent]";

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: "string" },
        port: { type: "string", default: "8406" },
        "idle-in-transaction": { type: "string", default: "5" },
        "jobs-every": { type: "string", default: "5" },
        "no-flush": { type: "boolean", default: false },
        "stop-with-parent": { type: "boolean", default: false },
      },
    });
    const number = (name, from, to) => {
      const value = Number(values[name]);
      if (!(value >= from && value <= to))
        throw new BadUsage(`--${name} must be ${from} to ${to}, not "${values[name]}". ${USAGE}`);
      return value;
    };
    if (!values.data) throw new BadUsage(`--data is missing. ${USAGE}`);
    return {
      data: values.data,
      port: number("port", 0, 65535),
      idleInTransaction: number("idle-in-transaction", 0.1, 86_400) * 1000,
      jobsEvery: number("jobs-every", 0, 86_400),
      durable: !values["no-flush"],
      stopWithParent: values["stop-with-parent"],
    };
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new BadUsage(`${error.message} ${USAGE}`);
  }
}

/** Milliseconds for the statement that runs to end after SIGTERM. */
const STOP_WITHIN = 10_000;

const log = (line) => process.stderr.write(`${line}\n`);

async function main() {
  const options = readArguments();
  const folder = new DataFolder(options.data);
  const database = new Database(folder.cluster, options);
  const gateway = new Gateway(database, options);
  const jobs = new Jobs(gateway, { every: options.jobsEvery, log });
  const port = await gateway.listen(options.port);
  folder.open();
  process.once("exit", () => folder.close());
  await startOrExplain(database, options.data);

  database.onCrash = async (reason) => {
    log(`the database backend ended (${reason}); it is being started again`);
    gateway.disconnectAll(
      "57P02",
      "terminating connection because the database backend ended and is being started again",
    );
    gateway.forgetBackend();
    await startOrExplain(database, options.data).catch(explain);
  };
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN).unref(); // what is not committed by then is rolled back at the next start
    jobs.stop();
    await gateway.close();
    await database.close();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // The other end of standard input closes when whoever started this server ends, however it ends.
  if (options.stopWithParent) process.stdin.resume().on("end", stop).on("error", stop);
  gateway.open();
  jobs.start();
  process.stdout.write(`ready postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable\n`);
}

async function startOrExplain(database, data) {
  try {
    await database.start();
  } catch (error) {
    throw new CannotStart(`The database in ${data} cannot be started: ${error.message}.`);
  }
}

function explain(error) {
  log(
    error instanceof CannotStart ? error.message : `The embedded database ended unexpectedly: ${error.stack}`,
  );
  process.exit(error.exitCode ?? 1);
}

main().catch(explain);
