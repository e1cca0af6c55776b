// The module hook itself; Node 20 loads this file in a thread of its own.

const REPLACED = "/serverless-offline/src/lambda/handler-runner/python-runner/PythonRunner.js"
const OURS = new URL("./runner.mjs", import.meta.url).href

/** What a specifier resolved to, or our runner where that is serverless-offline's. */
export function replacement(resolved) {
  return resolved.url.endsWith(REPLACED) ? { ...resolved, url: OURS, format: "module" } : resolved
}

export async function resolve(specifier, context, next) {
  return replacement(await next(specifier, context))
}
