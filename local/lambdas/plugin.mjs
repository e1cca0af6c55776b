// A plugin of osls for `serverless offline` only: functions run in processes of our own pool, and the gateway treats
// bodies and origins as API Gateway does. Does nothing at `serverless package` or `deploy`.

import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"

import { Pool } from "./pool.mjs"
import { LambdaFailed } from "./process.mjs"

const require = createRequire(import.meta.url)

const FUNCTION_FAILED = {
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
    // Both entries of serverless-offline: `serverless offline` and `serverless offline start`.
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
    this.#pool = new Pool({ most: settings.processesPerFunction ?? 3, idleMs, log: (line) => this.#log.notice(line) })

    const gateway = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), "gateway.cjs")
    require(gateway).allowOrigins(service.provider.httpApi?.cors?.allowedOrigins ?? [])
    service.custom ??= {}
    service.custom.offline = { ...service.custom.offline, customAuthenticationProvider: gateway }

    await this.#replacePool()
  }

  async #replacePool() {
    const entry = require.resolve("serverless-offline")
    const module = pathToFileURL(join(dirname(entry), "lambda", "LambdaFunctionPool.js"))
    const { default: TheirPool } = await import(module.href)
    const plugin = this
    TheirPool.prototype.get = (functionKey, functionDefinition) => plugin.#invocation(functionKey, functionDefinition)
    TheirPool.prototype.start = () => {
      plugin.#timer = setInterval(() => plugin.#pool.endIdle(), 10_000)
    }
    TheirPool.prototype.cleanup = async () => {
      clearInterval(plugin.#timer)
      await plugin.#pool.end()
    }
  }

  /** What serverless-offline expects of a LambdaFunction. */
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
      setEvent(given) {
        event = given
      },
      runHandler: async () => {
        try {
          return await pool.invoke(definition, event)
        } catch (error) {
          // What API Gateway answers for a function that failed; why it did is in the log.
          if (error instanceof LambdaFailed) return FUNCTION_FAILED
          throw error
        }
      },
    }
  }
}
