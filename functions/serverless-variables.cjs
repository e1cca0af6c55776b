// What serverless.yml cannot say in YAML: `${file(./functions/serverless-variables.cjs):name}`.

const REFERENCE = /^aws-(secretsmanager|ssm):/

/** CORS_ORIGINS, comma separated, as the list that API Gateway takes. */
function corsOrigins() {
  const origins = (process.env.CORS_ORIGINS ?? "http://127.0.0.1:8403,http://127.0.0.1:8404")
    .split(",")
    .map((origin) => origin.trim().replace(/\/$/, ""))
    .filter(Boolean)
  if (origins.length === 0 || origins.includes("*")) {
    throw new Error("CORS_ORIGINS must name the origins of the dashboard and the admin, separated by commas; never *.")
  }
  return origins
}

/**
 * A secret setting. On one machine it is the environment's. In a deployment it is a reference, the environment's or the
 * default one: a secret that happens to be in the shell of whoever deploys must not end up in a template.
 */
function secretSetting(name) {
  return async ({ resolveVariable }) => {
    const given = process.env[name]
    if (process.argv.includes("offline")) {
      if (!given) throw new Error(`${name} is not set.`)
      return given
    }
    return REFERENCE.test(given ?? "") ? given : `aws-secretsmanager:metrica/${await resolveVariable("sls:stage")}#${name}`
  }
}

module.exports = {
  corsOrigins,
  databaseUrl: secretSetting("DATABASE_URL"),
  serviceRoleKey: secretSetting("SUPABASE_SERVICE_ROLE_KEY"),
}
