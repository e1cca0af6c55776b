// An osls plugin: `serverless deploy` ends with `metrica deploy prune`, which deletes the versions of the functions that are
// older than the releases that are kept. KEEP_RELEASES says how many before the one that runs; without it, the command does.

import { spawnSync } from "node:child_process"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export default class PruneVersions {
  #serverless
  #profile
  #log

  constructor(serverless, options, { log }) {
    this.#serverless = serverless
    this.#profile = options["aws-profile"]
    this.#log = log
    this.hooks = { "after:deploy:deploy": () => this.#prune() }
  }

  /** The deployment has succeeded by now, so a failure of this is a warning. The next deployment deletes what is left. */
  #prune() {
    const provider = this.#serverless.getProvider("aws")
    const words = ["deploy", "prune", "--stage", provider.getStage(), "--region", provider.getRegion()]
    const keep = process.env.KEEP_RELEASES?.trim()
    if (keep) words.push("--keep", keep)
    const env = this.#profile ? { ...process.env, AWS_PROFILE: this.#profile } : process.env
    const done = spawnSync(join(ROOT, ".venv", "bin", "metrica"), words, { encoding: "utf8", env })
    const said = done.error?.message ?? (done.status === 0 ? "" : done.stderr.trim())
    if (said) this.#log.warning(`Old versions of the functions were not deleted: ${said}`)
    else this.#log.notice(done.stdout.trim())
  }
}
