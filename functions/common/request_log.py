"""ASGI middleware that gives each request its id, and writes one line about it."""

from __future__ import annotations

import logging
import time
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .request_id import HEADER, choose_request_id, handling

logger = logging.getLogger("metrica.requests")

HEALTH_PATH = "/healthz"


class RequestLogMiddleware:
    """Takes or makes the id of a request, sends it back in `X-Request-Id`, and logs method, route, status and time.

    The route is logged and not the path, which may contain the token of a link.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500
        request_id = choose_request_id(Headers(scope=scope).get(HEADER))

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        with handling(request_id):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                logger.log(
                    logging.DEBUG if scope["path"] == HEALTH_PATH else logging.INFO,
                    "request",
                    extra={
                        "method": scope["method"],
                        "route": route_path(scope),
                        "status": status,
                        "ms": round((time.perf_counter() - started) * 1000, 1),
                        **gateway_fields(scope.get("aws.event")),
                    },
                )


def route_path(scope: Scope) -> str:
    """Return the path of the route for the log. The path of the request may contain the token of a link."""
    return str(getattr(scope.get("route"), "path", "an unknown route"))


def gateway_fields(event: Any) -> dict[str, str]:
    """Return the id of API Gateway, which its access log has, as a field of the log. Empty elsewhere."""
    gateway_id = event.get("requestContext", {}).get("requestId") if isinstance(event, dict) else None
    return {"gateway_request_id": gateway_id} if isinstance(gateway_id, str) else {}
