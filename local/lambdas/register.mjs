// `node --import …/register.mjs serverless offline`: puts our Python runner in the place of serverless-offline's.
import * as nodeModule from "node:module"
import { replacement } from "./hooks.mjs"

if (typeof nodeModule.registerHooks === "function") {
  nodeModule.registerHooks({
    resolve: (specifier, context, next) => replacement(next(specifier, context)),
  })
} else {
  nodeModule.register("./hooks.mjs", import.meta.url)
}
