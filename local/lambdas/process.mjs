// One Python process that runs one Lambda. It answers one invocation at a time; when it dies, it says so and is over.

import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

const RUNTIME = fileURLToPath(new URL("runtime.py", import.meta.url))

export class LambdaFailed extends Error {}

export class LambdaProcess {
  #child
  #waiting = null
  #death

  /**
   * @param {{name: string, handler: string, runtime: string, memorySize: number, timeoutMs: number,
   *          environment: Record<string, string>, directory: string}} definition
   *   `runtime` is the name of the interpreter, looked up on PATH: `python3.11`
   * @param {(line: string) => void} log
   */
  constructor(definition, log) {
    this.definition = definition
    this.alive = true
    this.idleSince = performance.now()
    this.#child = spawn(definition.runtime, ["-u", RUNTIME, definition.handler], {
      cwd: definition.directory,
      env: { ...process.env, ...definition.environment },
      stdio: ["pipe", "pipe", "pipe", "pipe"],
    })
    // A process killed between two lines: a stream fails, and the exit below tells whoever waits.
    for (const stream of this.#child.stdio) stream.on("error", () => {})
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream }).on("line", log)
    }
    createInterface({ input: this.#child.stdio[3] }).on("line", (line) => this.#answered(JSON.parse(line)))
    this.#death = new Promise((resolve) => {
      this.#child.once("error", (error) => resolve(`${definition.runtime} cannot be started: ${error.message}`))
      this.#child.once("exit", (code, signal) =>
        resolve(signal ? `killed by ${signal}` : `ended with exit code ${code}`),
      )
    })
    this.#death.then((reason) => {
      this.alive = false
      this.#settle((waiting) => waiting.reject(new LambdaFailed(`${definition.name}: ${reason}`)))
    })
  }

  get pid() {
    return this.#child.pid
  }

  /** The handler's result. Rejects with LambdaFailed when it raises, dies or takes longer than it may. */
  invoke(event, requestId) {
    const { name, memorySize, timeoutMs } = this.definition
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new LambdaFailed(`${name}: timed out after ${timeoutMs / 1000} s`))
        this.kill()
      }, timeoutMs)
      this.#waiting = { resolve, reject, timer }
      const context = { requestId, functionName: name, memorySize, timeoutMs }
      this.#child.stdin.write(`${JSON.stringify({ event, context })}\n`)
    })
  }

  kill() {
    this.alive = false
    this.#child.kill("SIGKILL")
  }

  /** Ends the process: its stdin closes, and if it has not gone after 2 s it is killed. */
  async end() {
    this.alive = false
    this.#child.stdin.end()
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 2000)
    await this.#death
    clearTimeout(timer)
  }

  #answered(answer) {
    if (answer.ready) return
    this.idleSince = performance.now()
    const { name } = this.definition
    this.#settle((waiting) =>
      answer.error
        ? waiting.reject(new LambdaFailed(`${name}: ${answer.error.errorType}: ${answer.error.errorMessage}`))
        : waiting.resolve(answer.result),
    )
  }

  #settle(settle) {
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting === null) return
    clearTimeout(waiting.timer)
    settle(waiting)
  }
}
