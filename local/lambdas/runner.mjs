// Runs one Python Lambda in a process of its own, as Lambda does: one request at a time, a new process after a death.
// The interface (constructor, run, cleanup) is serverless-offline's.
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { createInterface } from "node:readline"

const WORKER = fileURLToPath(new URL("./worker.py", import.meta.url))
// What a process needs to run at all; everything else comes from serverless.yml, as in production.
const INHERITED = ["PATH", "HOME", "LANG", "TMPDIR", "TZ", "SSL_CERT_FILE", "PYTHONDONTWRITEBYTECODE"]
// serverless-offline describes Amazon's container in these; here they would lead astray.
const FOREIGN = ["LD_LIBRARY_PATH", "NODE_PATH", "LANG"]
// serverless-offline gives up at the timeout itself, and answers 200 when it does: be a little earlier.
const EARLIER_MS = 100

export default class PythonRunner {
  #command
  #environment
  #timeoutMs
  #name
  #worker = null

  constructor(options, environment) {
    const dot = options.handler.lastIndexOf(".")
    this.#name = options.functionKey
    this.#command = [options.handler.slice(0, dot).replaceAll("/", "."), options.handler.slice(dot + 1)]
    this.#timeoutMs = options.timeout
    const own = Object.fromEntries(Object.entries(environment).filter(([name]) => !FOREIGN.includes(name)))
    const inherited = INHERITED.filter((name) => name in process.env).map((name) => [name, process.env[name]])
    this.#environment = { ...Object.fromEntries(inherited), ...own }
  }

  cleanup() {
    this.#worker?.process.kill("SIGKILL")
    this.#worker = null
  }

  async run(event, context) {
    this.#worker ??= this.#start()
    const worker = this.#worker
    const deadline = Date.now() + this.#timeoutMs
    const answer = await Promise.race([
      worker.ask(JSON.stringify({ event, context, deadline_ms: deadline })),
      after(this.#timeoutMs - EARLIER_MS, { timedOut: true }, worker),
    ])
    worker.stopClock?.()
    if ("result" in answer) {
      return answer.result
    }
    if (answer.timedOut) {
      console.error(`${this.#name}: timed out after ${this.#timeoutMs / 1000} s`)
      this.cleanup()
      return failure(503, "Service Unavailable")
    }
    console.error(`${this.#name}: ${answer.error}`)
    return failure(500, "Internal Server Error")
  }

  #start() {
    const child = spawn(process.env.METRICA_PYTHON ?? "python3", ["-u", WORKER, ...this.#command], {
      env: this.#environment,
      stdio: ["pipe", "inherit", "inherit", "pipe"],
    })
    const worker = { process: child, waiting: null }
    const settle = (answer) => {
      const { waiting } = worker
      worker.waiting = null
      waiting?.(answer)
    }
    worker.ask = (line) =>
      new Promise((resolve) => {
        worker.waiting = resolve
        child.stdin.write(`${line}\n`)
      })
    // A write into a process that has just died; its exit is reported right after.
    child.stdin.on("error", () => {})
    createInterface({ input: child.stdio[3] }).on("line", (line) => settle(JSON.parse(line)))
    const gone = (how) => {
      if (this.#worker === worker) {
        this.#worker = null
      }
      settle({ error: `its process ${how}` })
    }
    child.on("error", (error) => gone(`cannot be started: ${error.message}`))
    // `close`, not `exit`: an answer written before the end has been read by then.
    child.on("close", (code, signal) => gone(signal ? `was killed by ${signal}` : `ended with exit code ${code}`))
    return worker
  }
}

function after(ms, value, worker) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(value), ms)
    worker.stopClock = () => clearTimeout(timer)
  })
}

/** What an HTTP API answers for a Lambda that failed. */
function failure(statusCode, message) {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify({ message }) }
}
