// An osls plugin: each deployment is a release. Each function gets a version with the id of the release as its
// description, and the API and the schedules call the alias `live`, which names the version. `metrica rollback` moves the
// alias of every function to the versions of another release.

import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"

const ALIAS = "live"

export default class LiveAlias {
  #serverless

  constructor(serverless) {
    this.#serverless = serverless
    this.hooks = {
      "before:package:compileFunctions": () => this.#nameRelease(),
      "after:package:compileFunctions": () => this.#addAliases(),
    }
  }

  /** Before osls compiles: the same release in all functions, and the alias as the target of their events. */
  #nameRelease() {
    const { service } = this.#serverless
    const release = this.#release()
    service.provider.environment = { ...service.provider.environment, METRICA_RELEASE: release }
    for (const [name, definition] of Object.entries(service.functions)) {
      definition.targetAlias = { name: ALIAS, logicalId: `${logicalName(name)}LiveAlias` }
    }
  }

  /** Returns 12 hexadecimal digits: of the zips and of everything that serverless.yml says about the functions. */
  #release() {
    const { service, config } = this.#serverless
    const hash = createHash("sha256")
    hash.update(JSON.stringify({ functions: service.functions, provider: service.provider }, leaveOutDerived))
    for (const artifact of new Set(Object.values(service.functions).map((one) => one.package.artifact))) {
      hash.update(readFileSync(join(config.servicePath, artifact)))
    }
    return hash.digest("hex").slice(0, 12)
  }

  #addAliases() {
    const { service } = this.#serverless
    const { Resources, Outputs } = service.provider.compiledCloudFormationTemplate
    const release = service.provider.environment.METRICA_RELEASE
    for (const [name, { targetAlias, versionLogicalId }] of Object.entries(service.functions)) {
      Resources[versionLogicalId].Properties.Description = release
      Resources[targetAlias.logicalId] = {
        Type: "AWS::Lambda::Alias",
        Properties: {
          Name: ALIAS,
          Description: "The version that requests and schedules reach",
          FunctionName: { Ref: `${logicalName(name)}LambdaFunction` },
          FunctionVersion: { "Fn::GetAtt": [versionLogicalId, "Version"] },
        },
      }
    }
    Outputs.Release = { Description: "The release that this deployment made", Value: release }
  }
}

const logicalName = (name) => name[0].toUpperCase() + name.slice(1)

/** What osls adds while it works: the template, and what it finds out about the deployment. */
function leaveOutDerived(key, value) {
  return ["compiledCloudFormationTemplate", "coreCloudFormationTemplate", "resolvedMethod", "resolvedPath"].includes(key)
    ? undefined
    : value
}
