// The processes behind each function: as many as run at once, at most `most` of them; a dead one is replaced by the next
// request, and requests beyond that wait their turn. Takes the place of serverless-offline's own pool, which keeps a
// killed Python process for ever and lets every request to it run into its timeout.

import { randomUUID } from "node:crypto"

import { LambdaFailed, LambdaProcess } from "./process.mjs"

export class Pool {
  #functions = new Map()
  #log
  #most
  #idleMs

  /** @param {{most: number, idleMs: number, log: (line: string) => void}} options */
  constructor({ most, idleMs, log }) {
    this.#most = most
    this.#idleMs = idleMs
    this.#log = log
  }

  /** The result of the function; see LambdaProcess.invoke. */
  async invoke(definition, event) {
    const running = this.#running(definition.name)
    const requestId = randomUUID()
    const process = await this.#acquire(running, definition)
    try {
      return await process.invoke(event, requestId)
    } catch (error) {
      if (error instanceof LambdaFailed) this.#log(error.message)
      throw error
    } finally {
      this.#release(running, process, definition)
    }
  }

  /** Ends processes that have had nothing to do for `idleMs`. */
  async endIdle() {
    const now = performance.now()
    const idle = []
    for (const running of this.#functions.values()) {
      const old = running.idle.filter((process) => now - process.idleSince >= this.#idleMs)
      running.idle = running.idle.filter((process) => !old.includes(process))
      for (const process of old) running.all.delete(process)
      idle.push(...old)
    }
    await Promise.all(idle.map((process) => process.end()))
  }

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
      if (process.alive) return process
      running.all.delete(process)
    }
    if (running.all.size < this.#most) {
      const process = new LambdaProcess(definition, this.#log)
      running.all.add(process)
      return process
    }
    return new Promise((resolve) => running.queue.push(resolve))
  }

  #release(running, process, definition) {
    if (process.alive) running.idle.push(process)
    else running.all.delete(process)
    const next = running.queue.shift()
    if (next) next(this.#acquire(running, definition))
  }
}
