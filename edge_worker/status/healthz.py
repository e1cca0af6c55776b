"""``GET /healthz`` on the loopback interface: 200 when the worker is healthy, otherwise 503 with the problems."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from edge_worker.clock import parse_utc
from edge_worker.errors import UsageError
from edge_worker.status.frame_rate import frame_rate_problems

StatusReader = Callable[[], Mapping[str, Any]]

MAX_FRAME_AGE_S = 30.0
"""A live camera without a frame for this long is not being counted."""


def health_problems(status: Mapping[str, Any], max_frame_age_s: float = MAX_FRAME_AGE_S) -> list[str]:
    """Return what is wrong, one sentence each; empty when the worker is healthy. Pure.

    An unreachable backend is not a problem of the worker: crossings wait in the outbox.

    Args:
        status: The JSON status of a worker, or that of a supervisor with the workers under ``cameras`` and the detector
            process under ``detector``.
        max_frame_age_s: The largest age of the newest frame, in seconds.
    """
    if "cameras" in status:
        return _detector_problems(status.get("detector", {})) + [
            f"{name}: {problem}" for name, camera in status["cameras"].items() for problem in health_problems(camera)
        ]
    problems = []
    age_s = status.get("frame_age_s")
    if status.get("state") == "running" and (age_s is None or age_s > max_frame_age_s):
        problems.append("no frame yet" if age_s is None else f"no frame for {age_s:.0f} s")
    elif status.get("state") == "starting" and (uptime_s := _uptime_s(status)) > max_frame_age_s:
        reason = f": {status['problem']}" if status.get("problem") else ""
        problems.append(f"no frame since the start {uptime_s:.0f} s ago{reason}")
    if status.get("picture_problem"):
        problems.append(str(status["picture_problem"]))
    if status.get("unstored") or status.get("lost"):
        problems.append(f"crossings are not on disk (in memory {status.get('unstored')}, lost {status.get('lost')})")
    if status.get("uplink") == "refused":
        problems.append(str(status.get("problem") or "the backend refuses the worker key"))
    if status.get("dead"):
        problems.append(f"the backend refused {status['dead']} events permanently")
    if status.get("set_aside"):
        problems.append(f"{status['set_aside']} crossings wait because the backend cannot read them")
    if status.get("exit_code"):
        reason = f": {status['problem']}" if status.get("state") == "failed" else ""
        problems.append(f"the worker ended with exit code {status['exit_code']}{reason}")
    if status.get("clock_wrong"):
        problems.append("the system clock is wrong")
    if status.get("tracks_break_up"):
        problems.append("tracks break up near the line: check the image, the light and the frame rate")
    return problems + frame_rate_problems(status)


def _detector_problems(detector: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the detector process, one sentence each."""
    if not detector.get("exit_code"):
        return []
    return [
        f"the detector process ended with exit code {detector['exit_code']} ({detector.get('failures')} times without "
        f"a stable run) and is started again: the log says why; if it goes on, free memory, choose another --backend "
        f"or export the model again"
    ]


def _uptime_s(status: Mapping[str, Any]) -> float:
    """Return the seconds from the start of the worker to the status; 0 before its first status."""
    if "started_at" not in status or "updated_at" not in status:
        return 0.0
    return (parse_utc(status["updated_at"]) - parse_utc(status["started_at"])).total_seconds()


@contextmanager
def serve_healthz(port: int, read_status: StatusReader) -> Iterator[int]:
    """Serve ``/healthz`` on 127.0.0.1 until the block ends; yield the port.

    Args:
        port: The port; 0 for a free one.
        read_status: Returns the current status.

    Raises:
        UsageError: The port is in use.
    """
    handler = type("Handler", (_Handler,), {"read_status": staticmethod(read_status)})
    try:
        server = _Server(("127.0.0.1", port), handler)
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
    read_status: StatusReader
    timeout = 5.0

    def do_GET(self) -> None:
        if self.path != "/healthz":
            self.send_error(404)
            return
        status = self.read_status()
        problems = health_problems(status)
        body = json.dumps({"status": "unhealthy" if problems else "healthy", "problems": problems, **status}).encode()
        self.send_response(503 if problems else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Log nothing."""
