// The processes of each function: one per concurrent request, up to `maxProcesses`; further requests wait in a queue.
// The next request replaces a process that has died. It is used instead of serverless-offline's own pool, which keeps
// killed Python processes and lets every request to them time out.

import { randomUUID } from "node:crypto"

import { LambdaError, LambdaProcess } from "./lambda_process.mjs"

export class ProcessPool {
  #functions = new Map()
  #outdated = new WeakSet()
  #log
  #maxProcesses
  #idleMs

  /** @param {{maxProcesses: number, idleMs: number, log: (line: string) => void}} options */
  constructor({ maxProcesses, idleMs, log }) {
    this.#maxProcesses = maxProcesses
    this.#idleMs = idleMs
    this.#log = log
  }

  /** Runs the function and returns its result; see LambdaProcess.invoke. */
  async invoke(definition, event) {
    const running = this.#running(definition.name)
    const requestId = randomUUID()
    const process = await this.#acquire(running, definition)
    try {
      return await process.invoke(event, requestId)
    } catch (error) {
      if (error instanceof LambdaError) this.#log(error.message)
      throw error
    } finally {
      this.#release(running, process, definition)
    }
  }

  /** Replaces every process, because the code has changed: idle ones end now, busy ones after their request. */
  async reload() {
    for (const running of this.#functions.values()) for (const process of running.all) this.#outdated.add(process)
    await this.endIdle(0)
  }

  /** Ends the processes that have been idle for `idleMs`. */
  async endIdle(idleMs = this.#idleMs) {
    const now = performance.now()
    const expired = []
    for (const running of this.#functions.values()) {
      const expiredHere = running.idle.filter((process) => now - process.idleSince >= idleMs)
      running.idle = running.idle.filter((process) => !expiredHere.includes(process))
      for (const process of expiredHere) running.all.delete(process)
      expired.push(...expiredHere)
    }
    await Promise.all(expired.map((process) => process.end()))
  }

  /** Ends all processes. */
  async end() {
    const all = [...this.#functions.values()].flatMap((running) => [...running.all])
    this.#functions.clear()
    await Promise.all(all.map((process) => process.end()))
  }

  #running(name) {
    if (!this.#functions.has(name)) this.#functions.set(name, { all: new Set(), idle: [], queue: [] })
    return this.#functions.get(name)
  }

  #acquire(running, definition) {
    while (running.idle.length > 0) {
      const process = running.idle.pop()
      if (process.isRunning) return process
      running.all.delete(process)
    }
    if (running.all.size < this.#maxProcesses) {
      const process = new LambdaProcess(definition, this.#log)
      running.all.add(process)
      return process
    }
    return new Promise((resolve) => running.queue.push(resolve))
  }

  #release(running, process, definition) {
    if (process.isRunning && !this.#outdated.has(process)) running.idle.push(process)
    else {
      running.all.delete(process)
      if (process.isRunning) process.end()
    }
    const next = running.queue.shift()
    if (next) next(this.#acquire(running, definition))
  }
}
