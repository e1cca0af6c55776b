// Prints the outcomes of invocations as JSON: `node process_pool_scenario.mjs POOL.MJS FOLDER`, where the folder holds
// `lambdas_of_tests.py`.

import { pathToFileURL } from "node:url"

const [poolFile, directory] = process.argv.slice(2)
const { ProcessPool } = await import(pathToFileURL(poolFile))
const log = []
const pool = new ProcessPool({ maxProcesses: 2, idleMs: 0, log: (line) => log.push(line) })
const definition = (changes) => ({
  name: "test",
  handler: "lambdas_of_tests.handler",
  runtime: "python3",
  memorySize: 128,
  timeoutMs: 20_000,
  directory,
  environment: { COLOUR: "green" },
  ...changes,
})

async function outcome(event, changes = {}) {
  try {
    return await pool.invoke(definition(changes), event)
  } catch (error) {
    return `${error.constructor.name}: ${error.message}`
  }
}

const results = {
  environment: await outcome({ do: "environment" }),
  raises: await outcome({ do: "raise" }),
  sameProcess: await outcome({ do: "pid" }),
  sameProcessAgain: await outcome({ do: "pid" }),
  dies: await outcome({ do: "die" }),
  afterDeath: await outcome({ do: "pid" }),
  timesOut: await outcome({ do: "hang" }, { name: "slow", timeoutMs: 500 }),
  afterTimeout: await outcome({ do: "pid" }, { name: "slow" }),
  prints: await outcome({ do: "print" }),
  noInterpreter: await outcome({}, { name: "none", runtime: "python0.0" }),
  noModule: await outcome({}, { name: "missing", handler: "no_such_module.handler" }),
  atOnce: await Promise.all(Array.from({ length: 8 }, () => outcome({ do: "pid" }))),
}
await pool.endIdle()
results.afterIdle = await outcome({ do: "pid" })
results.beforeReload = await outcome({ do: "pid" })
await pool.reload()
results.afterReload = await outcome({ do: "pid" })
const inFlight = outcome({ do: "pid" })
await pool.reload()
results.inFlight = await inFlight
results.afterSecondReload = await outcome({ do: "pid" })
await pool.end()
console.log(JSON.stringify({ results, log }))
