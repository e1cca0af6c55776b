"""Serve a built app on a free port."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from local.spa.app import SpaConfig, create_app

_START_TIMEOUT_S = 20.0


@contextmanager
def serve_page(dist: Path) -> Iterator[str]:
    """Serve an app for the duration of a `with` block and yield its URL. The app has no backends.

    Args:
        dist: The folder of the built app.

    Yields:
        The URL of the app.

    Raises:
        TimeoutError: The server did not start in time.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = SpaConfig(api_url=url, supabase_url=url, supabase_anon_key="none", images_url=url)
    server = uvicorn.Server(uvicorn.Config(create_app(dist, config), log_level="error", timeout_graceful_shutdown=3))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    deadline = time.monotonic() + _START_TIMEOUT_S
    while not server.started:
        if time.monotonic() > deadline:
            raise TimeoutError(f"the page server did not start within {_START_TIMEOUT_S:g} s")
        time.sleep(0.01)
    try:
        yield url
    finally:
        server.should_exit = True
        thread.join()
