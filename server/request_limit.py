"""At most as many requests at once as the process has connections to the database.

A FastAPI application takes a connection in one thread and continues in another one. With more requests than connections
and threads, those that wait for a connection would hold the threads that the others need to give theirs back.
"""

from __future__ import annotations

import anyio
from starlette.types import ASGIApp, Receive, Scope, Send

from functions.common.problem_responses import problem_response
from functions.common.problems import Unavailable

WAIT_S = 10.0


class RequestLimit:
    """ASGI middleware: a request waits for its turn, and gets 503 when it has waited too long.

    Args:
        app: the application.
        at_once: how many requests it serves at once.
        wait_s: how long a request waits, in seconds.
    """

    def __init__(self, app: ASGIApp, at_once: int, wait_s: float = WAIT_S) -> None:
        self._app = app
        self._turns = anyio.Semaphore(at_once)
        self._wait_s = wait_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        with anyio.move_on_after(self._wait_s) as waiting:
            await self._turns.acquire()
        if waiting.cancelled_caught:
            busy = Unavailable("The server is busy. Try again later.", retry_after_s=5)
            await problem_response(busy)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._turns.release()
