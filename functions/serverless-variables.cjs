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

/** How many processes of each function for requests run at once: INGEST_CONCURRENCY, API_CONCURRENCY, ADMIN_CONCURRENCY. */
function concurrency() {
  const limit = (name, usual) => {
    const given = process.env[name]?.trim() || usual
    if (!/^[1-9]\d{0,3}$/.test(given)) throw new Error(`${name} must be a number from 1 to 9999, not ${given}.`)
    return Number(given)
  }
  return {
    ingest: limit("INGEST_CONCURRENCY", "40"),
    api: limit("API_CONCURRENCY", "40"),
    admin: limit("ADMIN_CONCURRENCY", "10"),
  }
}

/**
 * The subnets and security groups of the functions: VPC_SUBNETS and VPC_SECURITY_GROUPS, each separated by commas. Without
 * them the functions are in no VPC.
 */
function vpc() {
  const ids = (name, form) => {
    const given = (process.env[name] ?? "").split(",").map((id) => id.trim())
    const found = given.filter(Boolean)
    const wrong = found.find((id) => !form.test(id))
    if (wrong) throw new Error(`${name} must name ids such as ${name === "VPC_SUBNETS" ? "subnet" : "sg"}-0ab1, not ${wrong}.`)
    return found
  }
  const subnetIds = ids("VPC_SUBNETS", /^subnet-[0-9a-f]+$/)
  const securityGroupIds = ids("VPC_SECURITY_GROUPS", /^sg-[0-9a-f]+$/)
  if (subnetIds.length === 0 && securityGroupIds.length === 0) return {}
  if (subnetIds.length === 0 || securityGroupIds.length === 0) {
    throw new Error("VPC_SUBNETS and VPC_SECURITY_GROUPS must both be set, or neither.")
  }
  return { subnetIds, securityGroupIds }
}

/** The policies of AWS that every role has. */
function managedPolicies() {
  const name = vpc().subnetIds ? "AWSLambdaVPCAccessExecutionRole" : "AWSLambdaBasicExecutionRole"
  return [{ "Fn::Sub": `arn:\${AWS::Partition}:iam::aws:policy/service-role/${name}` }]
}

/** The bucket of the snapshots: the environment's on one machine, that of the stack in a deployment. */
function snapshotBucket() {
  if (!process.argv.includes("offline")) return { Ref: "SnapshotBucket" }
  if (!process.env.SNAPSHOT_BUCKET) throw new Error("SNAPSHOT_BUCKET is not set.")
  return process.env.SNAPSHOT_BUCKET
}

/** Whether webhooks may reach this machine: on one machine only, never in a deployment. */
function allowLocalWebhooks() {
  return process.argv.includes("offline") ? (process.env.ALLOW_LOCAL_WEBHOOKS ?? "") : ""
}

/** Amazon SES in a deployment, the mail catcher of the local stack on one machine. */
function mailTransport() {
  return process.argv.includes("offline") ? (process.env.MAIL_TRANSPORT ?? "smtp://127.0.0.1:8407") : "ses"
}

/** The stage of the metrics that functions write for CloudWatch. None on one machine: nobody reads them there. */
async function metricsStage({ resolveVariable }) {
  return process.argv.includes("offline") ? "" : resolveVariable("sls:stage")
}

/** The address of MAIL_SENDER, `Metrica <metrica@example.org>`, without its name. */
function mailSenderAddress() {
  const sender = process.env.MAIL_SENDER ?? "Metrica <metrica@example.org>"
  return /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender.trim()
}

module.exports = {
  allowLocalWebhooks,
  concurrency,
  mailSenderAddress,
  managedPolicies,
  mailTransport,
  metricsStage,
  snapshotBucket,
  vpc,
  corsOrigins,
  // Each a login of its own, with the rights of that function's statements (docs/security.md).
  ingestDatabaseUrl: secretSetting("DATABASE_URL", "ingest"),
  apiDatabaseUrl: secretSetting("DATABASE_URL", "api"),
  adminDatabaseUrl: secretSetting("DATABASE_URL", "admin"),
  maintenanceDatabaseUrl: secretSetting("DATABASE_URL", "maintenance"),
  daysDatabaseUrl: secretSetting("DATABASE_URL", "days"),
  incidentsDatabaseUrl: secretSetting("DATABASE_URL", "incidents"),
  reportsDatabaseUrl: secretSetting("DATABASE_URL", "reports"),
  notificationsDatabaseUrl: secretSetting("DATABASE_URL", "notifications"),
  // The same key in both: the API shows the secrets of webhooks that the job signs with.
  apiNotificationKey: secretSetting("NOTIFICATION_KEY", "api"),
  notificationsNotificationKey: secretSetting("NOTIFICATION_KEY", "notifications"),
  serviceRoleKey: secretSetting("SUPABASE_SERVICE_ROLE_KEY", "admin"),
}
