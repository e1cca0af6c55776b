"""One built page served on a free port, and a Chromium to look at it with."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from local.spa.app import SpaConfig, create_app

_STARTS_WITHIN_S = 20.0


def chromium_path() -> str | None:
    """The system's Chromium; None for Playwright's own."""
    return next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)


@contextmanager
def served(dist: Path) -> Iterator[str]:
    """The address of the page for one block; the backends it is told of do not exist.

    Raises:
        TimeoutError: it did not come up.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = SpaConfig(api_url=url, supabase_url=url, supabase_anon_key="none", images_url=url)
    server = uvicorn.Server(uvicorn.Config(create_app(dist, config), log_level="error", timeout_graceful_shutdown=3))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while not server.started:
        if time.monotonic() > deadline:
            raise TimeoutError(f"the page server did not come up within {_STARTS_WITHIN_S:g} s")
        time.sleep(0.01)
    try:
        yield url
    finally:
        server.should_exit = True
        thread.join()
