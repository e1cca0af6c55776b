"""What surrounds every answer of a FastAPI Lambda: a limit on bodies, security headers, no exception let out."""

from __future__ import annotations

import logging

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .limits import MAX_JSON_BODY_BYTES
from .problem_responses import problem_response
from .problems import InternalError, Problem, TooLarge

logger = logging.getLogger(__name__)

SECURITY_HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityMiddleware:
    """ASGI middleware. Reads the body (at most `largest_body` bytes) before the application sees the request."""

    def __init__(self, app: ASGIApp, largest_body: int = MAX_JSON_BODY_BYTES) -> None:
        self._app = app
        self._largest_body = largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            body = await self._read(scope, receive)
            await self._app(scope, _replay(body, receive), send_with_headers)
        except Problem as problem:
            await problem_response(problem)(scope, receive, send_with_headers)
        except Exception:
            logger.exception("unexpected failure of %s %s", scope["method"], scope["path"])
            if started:
                raise
            await problem_response(InternalError())(scope, receive, send_with_headers)

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > self._largest_body:
            raise TooLarge(f"A body may have at most {self._largest_body} bytes here.")
        body = b""
        while True:
            message = await receive()
            chunk: bytes = message.get("body", b"")
            body += chunk
            if len(body) > self._largest_body:
                raise TooLarge(f"A body may have at most {self._largest_body} bytes here.")
            if not message.get("more_body", False):
                return body


def _replay(body: bytes, receive: Receive) -> Receive:
    pending = [body]

    async def replayed() -> Message:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return replayed
