// A CloudFront function (viewer request): the API has its routes without the prefix /api of the pages' address.

function handler(event) {
  var request = event.request
  request.uri = request.uri.slice("/api".length) || "/"
  return request
}
