// One Python process of one Lambda function. It handles one invocation at a time, and is not reused after it ended.

import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

const RUNTIME = fileURLToPath(new URL("runtime.py", import.meta.url))

export class LambdaError extends Error {}

export class LambdaProcess {
  #child
  #pending = null
  #exited

  /**
   * @param {{name: string, handler: string, runtime: string, memorySize: number, timeoutMs: number,
   *          environment: Record<string, string>, directory: string}} definition
   *   `runtime` is the name of the interpreter, looked up on PATH: `python3.11`
   * @param {(line: string) => void} log
   */
  constructor(definition, log) {
    this.definition = definition
    this.isRunning = true
    this.idleSince = performance.now()
    this.#child = spawn(definition.runtime, ["-u", RUNTIME, definition.handler], {
      cwd: definition.directory,
      env: { ...process.env, ...definition.environment },
      stdio: ["pipe", "pipe", "pipe", "pipe"],
    })
    // When the process is killed its streams fail; the exit event below rejects the pending invocation.
    for (const stream of this.#child.stdio) stream.on("error", () => {})
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream }).on("line", log)
    }
    createInterface({ input: this.#child.stdio[3] }).on("line", (line) => this.#handleResponse(JSON.parse(line)))
    this.#exited = new Promise((resolve) => {
      this.#child.once("error", (error) => resolve(`${definition.runtime} cannot be started: ${error.message}`))
      this.#child.once("exit", (code, signal) =>
        resolve(signal ? `killed by ${signal}` : `ended with exit code ${code}`),
      )
    })
    this.#exited.then((reason) => {
      this.isRunning = false
      this.#settle((pending) => pending.reject(new LambdaError(`${definition.name}: ${reason}`)))
    })
  }

  get pid() {
    return this.#child.pid
  }

  /** Returns the handler's result. Rejects with LambdaError when it raises, exits or times out. */
  invoke(event, requestId) {
    const { name, memorySize, timeoutMs } = this.definition
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new LambdaError(`${name}: timed out after ${timeoutMs / 1000} s`))
        this.kill()
      }, timeoutMs)
      this.#pending = { resolve, reject, timer }
      const context = { requestId, functionName: name, memorySize, timeoutMs }
      this.#child.stdin.write(`${JSON.stringify({ event, context })}\n`)
    })
  }

  /** Kills the process at once. */
  kill() {
    this.isRunning = false
    this.#child.kill("SIGKILL")
  }

  /** Ends the process by closing its stdin; after 2 s it is killed. */
  async end() {
    this.isRunning = false
    this.#child.stdin.end()
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 2000)
    await this.#exited
    clearTimeout(timer)
  }

  #handleResponse(response) {
    if (response.ready) return
    this.idleSince = performance.now()
    const { name } = this.definition
    this.#settle((pending) =>
      response.error
        ? pending.reject(new LambdaError(`${name}: ${response.error.errorType}: ${response.error.errorMessage}`))
        : pending.resolve(response.result),
    )
  }

  #settle(settle) {
    const pending = this.#pending
    this.#pending = null
    if (pending === null) return
    clearTimeout(pending.timer)
    settle(pending)
  }
}
