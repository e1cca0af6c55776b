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
 * A secret setting of a function. On one machine it is the environment's. In a deployment it is a reference, the environment's
 * (`INGEST_DATABASE_URL`) or the default one: a secret that happens to be in the shell of whoever deploys must not end up in a
 * template.
 */
function secretSetting(name, functionName) {
  const own = `${functionName.toUpperCase()}_${name}`
  return async ({ resolveVariable }) => {
    if (process.argv.includes("offline")) {
      const ours = process.env[own] || process.env[name]
      if (!ours) throw new Error(`${name} is not set.`)
      return ours
    }
    const given = process.env[own]
    if (REFERENCE.test(given ?? "")) return given
    return `aws-secretsmanager:metrica/${await resolveVariable("sls:stage")}/${functionName}#${name}`
  }
}

module.exports = {
  corsOrigins,
  // Each a login of its own, with the rights of that function's statements (docs/security.md).
  ingestDatabaseUrl: secretSetting("DATABASE_URL", "ingest"),
  apiDatabaseUrl: secretSetting("DATABASE_URL", "api"),
  adminDatabaseUrl: secretSetting("DATABASE_URL", "admin"),
  maintenanceDatabaseUrl: secretSetting("DATABASE_URL", "maintenance"),
  daysDatabaseUrl: secretSetting("DATABASE_URL", "days"),
  incidentsDatabaseUrl: secretSetting("DATABASE_URL", "incidents"),
  serviceRoleKey: secretSetting("SUPABASE_SERVICE_ROLE_KEY", "admin"),
}
