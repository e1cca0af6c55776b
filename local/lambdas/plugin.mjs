// An osls plugin for `serverless offline`: functions run in our own process pool, and the gateway treats bodies and
// origins as API Gateway does. It does nothing for `serverless package` and `serverless deploy`.

import { watch } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"

import { LambdaError } from "./lambda_process.mjs"
import { ProcessPool } from "./process_pool.mjs"

const require = createRequire(import.meta.url)

const INTERNAL_SERVER_ERROR = {
  statusCode: 500,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message: "Internal Server Error" }),
}

export default class LocalLambdas {
  #serverless
  #log
  #pool = null
  #timer = null

  constructor(serverless, _options, { log }) {
    this.#serverless = serverless
    this.#log = log
    // The hooks of `serverless offline` and of `serverless offline start`.
    this.hooks = {
      "before:offline:start": () => this.#install(),
      "before:offline:start:init": () => this.#install(),
    }
  }

  async #install() {
    if (this.#pool) return
    const { service } = this.#serverless
    const options = service.custom?.["serverless-offline"] ?? {}
    const settings = service.custom?.localLambdas ?? {}
    const idleMs = (options.terminateIdleLambdaTime ?? 600) * 1000
    this.#pool = new ProcessPool({ maxProcesses: settings.processesPerFunction ?? 3, idleMs, log: (line) => this.#log.notice(line) })

    const gateway = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), "gateway.cjs")
    require(gateway).allowOrigins(service.provider.httpApi?.cors?.allowedOrigins ?? [])
    service.custom ??= {}
    service.custom.offline = { ...service.custom.offline, customAuthenticationProvider: gateway }

    await this.#replacePool()
    if (process.env.METRICA_RELOAD) this.#reloadOnChange()
  }

  /** `make dev`: a saved Python file of the functions replaces their processes. */
  #reloadOnChange() {
    for (const folder of ["functions", "db"]) {
      watch(join(this.#serverless.config.servicePath, folder), { recursive: true }, (_event, file) => {
        if (!file?.endsWith(".py")) return
        this.#log.notice(`${folder}/${file} changed: reloading the functions`)
        this.#pool.reload()
      })
    }
  }

  async #replacePool() {
    const entry = require.resolve("serverless-offline")
    const module = pathToFileURL(join(dirname(entry), "lambda", "LambdaFunctionPool.js"))
    const { default: OriginalPool } = await import(module.href)
    const plugin = this
    OriginalPool.prototype.get = (functionKey, functionDefinition) => plugin.#invocation(functionKey, functionDefinition)
    OriginalPool.prototype.start = () => {
      plugin.#timer = setInterval(() => plugin.#pool.endIdle(), 10_000)
    }
    OriginalPool.prototype.cleanup = async () => {
      clearInterval(plugin.#timer)
      await plugin.#pool.end()
    }
  }

  /** Returns an object with the methods that serverless-offline calls on a LambdaFunction. */
  #invocation(functionKey, functionDefinition) {
    const { provider } = this.#serverless.service
    const definition = {
      name: functionDefinition.name ?? functionKey,
      handler: functionDefinition.handler,
      runtime: functionDefinition.runtime ?? provider.runtime,
      memorySize: functionDefinition.memorySize ?? provider.memorySize ?? 1024,
      timeoutMs: (functionDefinition.timeout ?? provider.timeout ?? 6) * 1000,
      directory: this.#serverless.config.servicePath,
      environment: {
        ...provider.environment,
        ...functionDefinition.environment,
        AWS_REGION: provider.region,
        AWS_LAMBDA_FUNCTION_NAME: functionDefinition.name ?? functionKey,
        IS_OFFLINE: "true",
      },
    }
    const pool = this.#pool
    let event = null
    return {
      functionName: definition.name,
      setClientContext() {},
      setEvent(newEvent) {
        event = newEvent
      },
      runHandler: async () => {
        try {
          return await pool.invoke(definition, event)
        } catch (error) {
          // As API Gateway answers for a failed function; the reason is in the log.
          if (error instanceof LambdaError) return INTERNAL_SERVER_ERROR
          throw error
        }
      },
    }
  }
}
