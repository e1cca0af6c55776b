// CORS_ORIGINS, comma separated, as the list that API Gateway takes.
module.exports = () => {
  const origins = (process.env.CORS_ORIGINS ?? "http://127.0.0.1:8403,http://127.0.0.1:8404")
    .split(",")
    .map((origin) => origin.trim().replace(/\/$/, ""))
    .filter(Boolean)
  if (origins.length === 0 || origins.includes("*")) {
    throw new Error("CORS_ORIGINS must name the origins of the dashboard and the admin, separated by commas; never *.")
  }
  return origins
}
