"""``GET /healthz`` on the loopback: 200 when the worker is well, 503 when it is not; the body says how it is."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from edge_worker.errors import UsageError
from edge_worker.health.verdict import ailments

Status = Callable[[], Mapping[str, Any]]


@contextmanager
def healthz(port: int, status: Status) -> Iterator[int]:
    """Serves until the block is left; yields the port (which one, when asked for port 0).

    Raises:
        UsageError: the port is taken.
    """
    try:
        server = _Server(("127.0.0.1", port), type("Handler", (_Handler,), {"status": staticmethod(status)}))
    except OSError as error:
        raise UsageError(
            f"/healthz cannot be served on port {port}: {error.strerror}; choose another --health-port"
        ) from None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, name="healthz", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    status: Status
    timeout = 5.0

    def do_GET(self) -> None:
        if self.path != "/healthz":
            self.send_error(404)
            return
        status = self.status()
        wrong = ailments(status)
        body = json.dumps({"status": "ill" if wrong else "well", "ailments": wrong, **status}).encode()
        self.send_response(503 if wrong else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silent: whoever asks knows that they asked."""
