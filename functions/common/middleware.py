"""Middleware of the FastAPI Lambdas: body size limit, security headers, no unhandled exception."""

from __future__ import annotations

import logging

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .http_headers import CACHE_CONTROL, SECURITY_HEADERS
from .limits import MAX_JSON_BODY_BYTES
from .problem_responses import problem_response
from .problems import InternalError, Problem, TooLarge
from .request_log import route_path

logger = logging.getLogger(__name__)


class SecurityMiddleware:
    """ASGI middleware that reads the body before it calls the application.

    Larger bodies get 413, unexpected exceptions 500, every response the security headers.
    """

    def __init__(self, app: ASGIApp, max_body_bytes: int = MAX_JSON_BODY_BYTES) -> None:
        self._app = app
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", CACHE_CONTROL)
            await send(message)

        try:
            body = await self._read(scope, receive)
            await self._app(scope, _replay(body, receive), send_with_headers)
        except Problem as problem:
            await problem_response(problem)(scope, receive, send_with_headers)
        except Exception:
            logger.exception("unexpected error in %s %s", scope["method"], route_path(scope))
            if started:
                raise
            await problem_response(InternalError())(scope, receive, send_with_headers)

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal() or int(declared) > self._max_body_bytes:
            raise TooLarge(f"The body must have at most {self._max_body_bytes} bytes.")
        body = b""
        while True:
            message = await receive()
            chunk: bytes = message.get("body", b"")
            body += chunk
            if len(body) > self._max_body_bytes:
                raise TooLarge(f"The body must have at most {self._max_body_bytes} bytes.")
            if not message.get("more_body", False):
                return body


def _replay(body: bytes, receive: Receive) -> Receive:
    pending = [body]

    async def replayed() -> Message:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return replayed
