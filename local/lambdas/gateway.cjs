// What serverless-offline's gateway does otherwise than API Gateway, put right through its hook for authentication
// providers (`custom.offline.customAuthenticationProvider`), which is the one place that hands out its server:
//
// - Bodies that are not text (a gzip body, a JPEG) reach it as bytes and would leave it as broken UTF-8. API Gateway
//   passes them as base64; so does serverless-offline for the media types it knows to be binary.
// - Any origin that sends a request is answered with its own name in Access-Control-Allow-Origin. API Gateway names the
//   allowed ones only.

const TEXT = /^(text\/|application\/(json|problem\+json|xml|javascript|x-www-form-urlencoded))/i
const AS_BINARY = "application/octet-stream"

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
    // The event is made from the raw headers: the function sees the media type that was sent.
    if (!isText(request.headers)) request.headers["content-type"] = AS_BINARY
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

// Asked once per route, and wants another name each time.
module.exports = () => {
  const name = `metrica-${schemes++}`
  return {
    name,
    scheme: name,
    getAuthenticateFunction: (server) => {
      install(server)
      // Authentication is the functions' own business.
      return { authenticate: (_request, h) => h.authenticated({ credentials: {} }) }
    },
  }
}

module.exports.allowOrigins = (origins) => {
  allowedOrigins = origins
}
