// A CloudFront function (viewer request): a path of the application gets its page, a file keeps its own path.
// A missing file is then a 404 of S3, and never the page, which a browser would take for a script.

function handler(event) {
  var request = event.request
  if (!isFile(request.uri)) request.uri = "/index.html"
  return request
}

// As is_file in server/page_paths.py; a test compares the two.
function isFile(path) {
  var decoded = path.replace(/%2e/gi, ".").replace(/%2f/gi, "/")
  var segments = decoded.split("/")
  if (segments[1] === "assets" && segments.length > 2) return true
  if (segments[segments.length - 1].indexOf(".") >= 0) return true
  return segments.some(function (segment) {
    return segment.charAt(0) === "."
  })
}
