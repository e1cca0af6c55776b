"""An ASGI application that calls the handler of a Lambda, as API Gateway does.

Requests become events of an HTTP API in the payload format 2.0. A handler serves one request at a time, so a process
has several, each with its own connection to the database.
"""

from __future__ import annotations

import logging
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from queue import SimpleQueue
from typing import Any

import anyio
from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

logger = logging.getLogger(__name__)

Handler = Callable[[Mapping[str, Any], object], Mapping[str, Any]]

MAX_BODY_BYTES = 10_000_000
"""The limit of API Gateway."""


class LambdaGateway:
    """Passes requests to handlers. A request waits while all handlers are busy.

    Args:
        handlers: one for each request at a time.
    """

    def __init__(self, handlers: Sequence[Handler]) -> None:
        self._idle: SimpleQueue[Handler] = SimpleQueue()
        for handler in handlers:
            self._idle.put(handler)
        self._limiter = anyio.CapacityLimiter(len(handlers))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            raise ValueError(f"the gateway serves HTTP only, not {scope['type']}")
        response = await self._respond(scope, receive)
        await response(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive) -> Response:
        headers = Headers(scope=scope)
        body = await _read_body(headers, receive)
        if body is None:
            return JSONResponse({"message": "Request Entity Too Large"}, 413)
        event = make_event(scope, headers, body)
        try:
            answer = await run_sync(partial(self._call, event), limiter=self._limiter)
        except Exception:
            logger.exception("the function failed")
            return JSONResponse({"message": "Internal Server Error"}, 500)
        return make_response(answer)

    def _call(self, event: Mapping[str, Any]) -> Mapping[str, Any]:
        handler = self._idle.get()  # there is one: the limiter counts them
        try:
            return handler(event, None)
        finally:
            self._idle.put(handler)


def make_event(scope: Scope, headers: Headers, body: bytes) -> dict[str, Any]:
    """Return the event of a request. The body is always in base64.

    Args:
        scope: the ASGI scope.
        headers: its headers. Several with one name become one, separated by commas.
        body: the body as it was sent.
    """
    path, query = scope["path"], scope["query_string"].decode("latin-1")
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {name: ",".join(headers.getlist(name)) for name in headers},
        "requestContext": {"http": {"method": scope["method"], "path": path}},
        "body": b64encode(body).decode(),
        "isBase64Encoded": True,
    }


def make_response(answer: Mapping[str, Any]) -> Response:
    """Return the HTTP response that a handler's answer describes."""
    body = answer.get("body") or ""
    content = b64decode(body) if answer.get("isBase64Encoded") else body.encode()
    return Response(content, answer["statusCode"], dict(answer.get("headers") or {}))


async def _read_body(headers: Headers, receive: Receive) -> bytes | None:
    """Return the body, or None if it is too large."""
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > MAX_BODY_BYTES:
        return None
    parts, size = [], 0
    while True:
        message = await receive()
        part: bytes = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > MAX_BODY_BYTES:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)
