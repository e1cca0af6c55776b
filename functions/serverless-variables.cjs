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
function secretSetting(name, nameOnOneMachine = name) {
  return async ({ resolveVariable }) => {
    if (process.argv.includes("offline")) {
      const ours = process.env[name] || process.env[nameOnOneMachine]
      if (!ours) throw new Error(`${nameOnOneMachine} is not set.`)
      return ours
    }
    const given = process.env[name]
    return REFERENCE.test(given ?? "") ? given : `aws-secretsmanager:metrica/${await resolveVariable("sls:stage")}#${name}`
  }
}

module.exports = {
  corsOrigins,
  // A login for each function, with the rights of its own statements (docs/security.md); on one machine the owner's does.
  ingestDatabaseUrl: secretSetting("INGEST_DATABASE_URL", "DATABASE_URL"),
  apiDatabaseUrl: secretSetting("API_DATABASE_URL", "DATABASE_URL"),
  adminDatabaseUrl: secretSetting("ADMIN_DATABASE_URL", "DATABASE_URL"),
  ownerDatabaseUrl: secretSetting("DATABASE_URL"),
  serviceRoleKey: secretSetting("SUPABASE_SERVICE_ROLE_KEY"),
}
