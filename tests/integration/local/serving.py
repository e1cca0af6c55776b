"""Serve an ASGI application over real HTTP on a thread."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

_STOP_TIMEOUT_S = 10.0


@contextmanager
def served(make_app: Callable[[str], ASGIApp]) -> Iterator[str]:
    """Yield the address of the application that `make_app` returns for that address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(make_app(url), log_level="warning", lifespan="off", timeout_graceful_shutdown=3)
        # Imports in this thread: in the other one, CPython 3.11 crashed when both used the caches of typing.
        config.load()
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join(_STOP_TIMEOUT_S)  # a client that keeps its connection must not keep the test run
