"""API Gateway HTTP API events (payload format 2.0): requests, responses and routing."""

from __future__ import annotations

import binascii
import json
import zlib
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from functions.common.http_headers import CACHE_CONTROL, SECURITY_HEADERS
from functions.common.problems import (
    MEDIA_TYPE,
    BadRequest,
    MethodNotAllowed,
    NotFound,
    Problem,
    TooLarge,
    UnsupportedMedia,
)

GZIP_MAGIC = b"\x1f\x8b"
"""The first bytes of a gzip body (RFC 1952, section 2.3.1)."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request.

    Attributes:
        method: upper case.
        path: path without the query.
        headers: by lower-case name.
        body: as it was sent; a gzip body is not decompressed.
        parameters: path parameters, by name.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    parameters: Mapping[str, str] = field(default_factory=dict)

    def content(self, limit: int) -> bytes:
        """Return the body, decompressed, of at most `limit` bytes.

        A body is decompressed if it begins as gzip does, whatever its header declares: a proxy may have decompressed
        the body and kept the header, or the reverse. JSON never begins like that.

        Raises:
            TooLarge: the body is larger; a gzip bomb is not decompressed further than the limit.
            BadRequest: the gzip body is damaged.
            UnsupportedMedia: the encoding is neither identity nor gzip.
        """
        encoding = self.headers.get("content-encoding", "identity").strip().lower()
        too_large = f"The body must have at most {limit} bytes after decompression."
        if len(self.body) > limit:
            raise TooLarge(too_large)
        if encoding not in {"identity", "gzip"}:
            raise UnsupportedMedia("Content-Encoding must be gzip or absent.")
        if not self.body.startswith(GZIP_MAGIC):
            return self.body
        inflate = zlib.decompressobj(wbits=31)
        try:
            content = inflate.decompress(self.body, limit + 1)
        except zlib.error:
            raise BadRequest("The gzip body is damaged.") from None
        if len(content) > limit:
            raise TooLarge(too_large)
        if not inflate.eof or inflate.unused_data:
            raise BadRequest("The gzip body is truncated or has data after its end.")
        return content


@dataclass(frozen=True, slots=True)
class Response:
    """A response.

    Attributes:
        status: HTTP status.
        body: value for JSON, or None for an empty body.
        headers: headers, besides those that every response has.
        media_type: media type of the body.
        log_fields: numbers for the log line of the request.
    """

    status: int
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json"
    log_fields: Mapping[str, int] = field(default_factory=dict)


Endpoint = Callable[[Request], Response]
Route = tuple[str, str]
"""Method and path; `{name}` in the path stands for one segment."""


class Router:
    """Calls the endpoint whose route matches the request; the first match wins.

    >>> router = Router({("GET", "/cameras/{camera_id}/config"): lambda request: Response(200, request.parameters)})
    >>> router(Request("GET", "/cameras/7/config", {}, b"")).body
    {'camera_id': '7'}
    """

    def __init__(self, routes: Mapping[Route, Endpoint]) -> None:
        self._routes = [(method, path.strip("/").split("/"), endpoint) for (method, path), endpoint in routes.items()]

    def __call__(self, request: Request) -> Response:
        """Return the response of the endpoint.

        Raises:
            NotFound: no route has the path.
            MethodNotAllowed: routes have the path, but not the method.
        """
        segments = request.path.removeprefix("/").split("/")
        allowed = []
        for method, pattern, endpoint in self._routes:
            parameters = _match(pattern, segments)
            if parameters is None:
                continue
            if method == request.method:
                return endpoint(replace(request, parameters=parameters))
            allowed.append(method)
        if allowed:
            raise MethodNotAllowed(headers={"Allow": ", ".join(sorted(allowed))})
        raise NotFound

    def route_path(self, path: str) -> str:
        """Return the path of the first route that matches, for the log: the path itself may contain anything."""
        segments = path.removeprefix("/").split("/")
        for _, pattern, _ in self._routes:
            if _match(pattern, segments) is not None:
                return f"/{'/'.join(pattern)}"
        return "an unknown route"


def parse_event(event: Mapping[str, Any]) -> Request:
    """Return the request in an event.

    Raises:
        BadRequest: the body is not the base64 that the event declares.
    """
    http = event["requestContext"]["http"]
    body = event.get("body") or ""
    try:
        content = b64decode(body, validate=True) if event.get("isBase64Encoded") else body.encode()
    except (binascii.Error, ValueError):
        raise BadRequest("The body is not valid base64.") from None
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    return Request(http["method"].upper(), event.get("rawPath") or http["path"], headers, content)


def problem_response(problem: Problem) -> Response:
    """Return the response of a problem."""
    return Response(problem.status, problem.body(), problem.headers, MEDIA_TYPE)


def format_response(response: Response) -> dict[str, Any]:
    """Return a response as API Gateway expects it."""
    headers = {**SECURITY_HEADERS, "Cache-Control": CACHE_CONTROL, **response.headers}
    if response.body is None:
        return {"statusCode": response.status, "headers": headers, "body": ""}
    headers["Content-Type"] = response.media_type
    return {
        "statusCode": response.status,
        "headers": headers,
        "body": json.dumps(response.body, separators=(",", ":"), allow_nan=False),
    }


def _match(pattern: list[str], segments: list[str]) -> dict[str, str] | None:
    if len(pattern) != len(segments):
        return None
    parameters = {}
    for expected, segment in zip(pattern, segments, strict=True):
        if expected.startswith("{"):
            parameters[expected[1:-1]] = segment
        elif expected != segment:
            return None
    return parameters
