// Corrects two differences between serverless-offline's gateway and API Gateway. It uses the hook for authentication
// providers (`custom.offline.customAuthenticationProvider`), the only one that receives the gateway's server.
//
// - Binary bodies (gzip, JPEG) would be decoded as UTF-8 and broken. API Gateway passes them as base64;
//   serverless-offline does so too, but only for media types that it knows to be binary.
// - Access-Control-Allow-Origin would name every origin that sends a request. API Gateway names the allowed ones only.

const TEXT = /^(text\/|application\/(json|problem\+json|xml|javascript|x-www-form-urlencoded))/i
const BINARY = "application/octet-stream"

let allowedOrigins = []
let isInstalled = false
let schemes = 0

function isText(headers) {
  const encoding = headers["content-encoding"]
  return (!encoding || encoding === "identity") && TEXT.test(headers["content-type"] ?? "text/plain")
}

function install(server) {
  if (isInstalled) return
  isInstalled = true
  server.ext("onPreHandler", (request, h) => {
    // The event is built from the raw headers, so the function still sees the original media type.
    if (!isText(request.headers)) request.headers["content-type"] = BINARY
    return h.continue
  })
  server.ext("onPreResponse", (request, h) => {
    const { headers } = request.response.isBoom ? request.response.output : request.response
    if (!allowedOrigins.includes(request.headers.origin)) {
      for (const name of Object.keys(headers)) {
        if (name.toLowerCase().startsWith("access-control-")) delete headers[name]
      }
    }
    return h.continue
  })
}

// Called once per route; each provider needs a name of its own.
module.exports = () => {
  const name = `metrica-${schemes++}`
  return {
    name,
    scheme: name,
    getAuthenticateFunction: (server) => {
      install(server)
      // The functions authenticate requests themselves.
      return { authenticate: (_request, h) => h.authenticated({ credentials: {} }) }
    },
  }
}

module.exports.allowOrigins = (origins) => {
  allowedOrigins = origins
}
