// The functions of serverless.yml, for what is made of each: alarms, the dashboard, aliases.

const MINUTE = 60

/** Those that answer requests. */
const REQUEST_FUNCTIONS = ["ingest", "api", "admin"]

/** Those that run by a schedule, and how long one may not run before that is an alarm, in seconds. */
const SCHEDULED_FUNCTIONS = {
  maintenance: 60 * MINUTE,
  days: 60 * MINUTE,
  incidents: 15 * MINUTE,
  reports: 60 * MINUTE,
  notifications: 15 * MINUTE,
}

module.exports = { MINUTE, REQUEST_FUNCTIONS, SCHEDULED_FUNCTIONS }
