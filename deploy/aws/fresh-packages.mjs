// An osls plugin: `serverless package` and `serverless deploy` refuse zips that were not made of the present sources.

import { spawnSync } from "node:child_process"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export default class FreshPackages {
  #serverless

  constructor(serverless) {
    this.#serverless = serverless
    this.hooks = { "before:package:createDeploymentArtifacts": () => this.#check() }
  }

  #check() {
    const folder = join(this.#serverless.config.servicePath, "build", "package")
    const python = this.#run("sh", [join(ROOT, "scripts", "find-python.sh")])
    this.#run(python, [join(ROOT, "scripts", "package_sources.py"), folder])
  }

  /** Returns what a program prints; throws what it says about a failure. */
  #run(program, words) {
    const done = spawnSync(program, words, { encoding: "utf8" })
    if (done.error) throw done.error
    if (done.status !== 0) {
      const { Error: UserError } = this.#serverless.classes
      throw new UserError(done.stderr.trim() || `${program} ended with status ${done.status}.`, "STALE_PACKAGES")
    }
    return done.stdout.trim()
  }
}
