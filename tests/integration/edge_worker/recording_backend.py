"""A backend for the edge worker's tests: a real HTTP server that keeps what it is told, and fails when it is asked to.

It knows the contract of the ingest (keys, gzip, duplicates, rejections), not its code: the worker is tested against the
real Lambda elsewhere.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

from edge_worker.running.options import RunOptions

KEY = "mk_" + "k" * 43
Fault = Callable[["BaseHTTPRequestHandler"], bool]
"""Called before (or after) a batch is kept; True when it has answered, or spoilt the answer, itself."""


@dataclass
class RecordingBackend:
    """What arrived, and how to behave.

    Attributes:
        stored: (camera_id, event_id, ts) → event.
        before: faults for the next requests of ``POST /events``, one each, before the batch is kept.
        beats_before: the same for heartbeats.
        after: the same, after it is kept and before the answer is sent.
        reject: reason for an event, None to keep it.
        unreadable: whether the body of these events gets 422.
        reads_gzip: whether compressed bodies arrive undamaged; otherwise they get 400.
        policy: the counting policy of the config; empty for a backend that knows none.
        ignored: the optional members of heartbeats that it says it cannot read.
        encodings: the Content-Encoding of each request of ``POST /events``.
        further_cameras: the lines of the cameras that it knows besides `camera_id`.
    """

    camera_id: str = field(default_factory=lambda: str(uuid4()))
    store_id: str = field(default_factory=lambda: str(uuid4()))
    key: str = KEY
    stored: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)
    heartbeats: list[dict[str, Any]] = field(default_factory=list)
    snapshots: list[bytes] = field(default_factory=list)
    config_requests: list[str | None] = field(default_factory=list)
    before: list[Fault] = field(default_factory=list)
    after: list[Fault] = field(default_factory=list)
    beats_before: list[Fault] = field(default_factory=list)
    reject: Callable[[dict[str, Any]], str | None] = lambda _event: None
    unreadable: Callable[[list[dict[str, Any]]], bool] = lambda _events: False
    reads_gzip: bool = True
    encodings: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    largest_batch: int = 1000
    line: list[float] | None = None
    further_cameras: dict[str, list[float]] = field(default_factory=dict)
    anchor: str = "foot"
    snapshot_requested: bool = False
    snapshot_interval_s: int = 0
    sample_fps: float = 10
    view_accepted_at: str | None = None
    policy: dict[str, Any] = field(default_factory=dict)
    server_time: Callable[[], datetime] = lambda: datetime.now(UTC)
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run_options(self, source: str, folder: Path, **others: Any) -> RunOptions:
        """Return the options of a quiet worker that sends to this backend, with its outbox in a folder."""
        options: dict[str, Any] = {"outbox": folder / "outbox.db", "quiet": True, **others}
        return RunOptions(source, self.url, KEY, self.camera_id, **options)

    @property
    def etag(self) -> str:
        settings = (self.anchor, self.snapshot_interval_s, self.sample_fps, self.view_accepted_at, str(self.policy))
        return f'"{hash((tuple(self.line or ()), *settings)) & 0xFFFFFFFF:x}"'

    def config(self, camera_id: str) -> dict[str, Any]:
        return {
            "camera_id": camera_id,
            "store_id": self.store_id,
            "name": "door",
            "is_counting_line": True,
            "line": self.further_cameras.get(camera_id, self.line),
            "anchor": self.anchor,
            "sample_fps": self.sample_fps,
            "snapshot_interval_s": self.snapshot_interval_s,
            "view_accepted_at": self.view_accepted_at,
            **self.policy,
        }

    def keep(self, events: list[dict[str, Any]]) -> dict[str, Any]:
        answer: dict[str, Any] = {"inserted": 0, "duplicates": 0, "rejected": []}
        with self.lock:
            self.batches.append(len(events))
            for index, event in enumerate(events):
                reason = self.reject(event)
                if reason:
                    answer["rejected"].append({"index": index, "event_id": event["event_id"], "reason": reason})
                    continue
                identity = (event["camera_id"], event["event_id"], event["ts"])
                answer["duplicates" if identity in self.stored else "inserted"] += 1
                self.stored[identity] = event
        return answer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    backend: RecordingBackend

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - the signature of the base class
        return super().date_time_string(self.backend.server_time().timestamp())

    def log_message(self, *_: Any) -> None:
        return

    def body(self) -> bytes:
        content = self.rfile.read(int(self.headers.get("content-length", 0)))
        return gzip.decompress(content) if self.headers.get("content-encoding") == "gzip" else content

    def answer(self, status: int, body: object = None, headers: dict[str, str] | None = None) -> None:
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def is_known(self) -> bool:
        if self.headers.get("x-worker-key") == self.backend.key:
            return True
        self.answer(401, {"type": "unauthorized", "title": "Unauthorized", "status": 401})
        return False

    def do_POST(self) -> None:
        backend, content = self.backend, self.body()
        if not self.is_known():
            return
        if self.path.endswith("/heartbeat"):
            if backend.beats_before and backend.beats_before.pop(0)(self):
                return
            backend.heartbeats.append(json.loads(content))
            self.answer(
                200,
                {
                    "config_etag": backend.etag,
                    "snapshot_requested": backend.snapshot_requested,
                    "server_time": backend.server_time().isoformat(),
                    **({"ignored": backend.ignored} if backend.ignored else {}),
                },
            )
            return
        if backend.before and backend.before.pop(0)(self):
            return
        self._take_events(content)

    def _take_events(self, content: bytes) -> None:
        backend = self.backend
        encoding = self.headers.get("content-encoding", "")
        backend.encodings.append(encoding)
        if encoding and not backend.reads_gzip:
            self.answer(400, {"type": "bad_request", "title": "Bad request", "status": 400})
            return
        events = json.loads(content)["events"]
        if backend.unreadable(events):
            self.answer(422, {"type": "invalid", "title": "Invalid", "status": 422})
            return
        if len(events) > backend.largest_batch:
            self.answer(413, {"type": "too_large", "title": "Too large", "status": 413})
            return
        answer = backend.keep(events)
        if backend.after and backend.after.pop(0)(self):
            return
        self.answer(200, answer)

    def do_GET(self) -> None:
        if not self.is_known():
            return
        camera_id = self.path.removeprefix("/cameras/").removesuffix("/config")
        if camera_id not in {self.backend.camera_id, *self.backend.further_cameras}:
            self.answer(404, {"type": "not_found", "title": "Not found", "status": 404})
            return
        known = self.headers.get("if-none-match")
        self.backend.config_requests.append(known)
        if known == self.backend.etag:
            self.answer(304, headers={"ETag": known})
        else:
            self.answer(200, self.backend.config(camera_id), {"ETag": self.backend.etag})

    def do_PUT(self) -> None:
        content = self.body()
        if not self.is_known():
            return
        self.backend.snapshots.append(content)
        self.backend.snapshot_requested = False
        self.answer(204)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: Any) -> None:
        return


@contextmanager
def serving(backend: RecordingBackend, port: int = 0) -> Iterator[RecordingBackend]:
    """Serves on a free port of the loopback until the block is left; then nobody listens there."""
    server = _Server(("127.0.0.1", port), type("Handler", (_Handler,), {"backend": backend}))
    backend.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield backend
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answers(status: int, body: object = None, **headers: str) -> Fault:
    """A fault: this status instead of the real answer."""

    def fault(handler: Any) -> bool:
        handler.answer(status, body, {name.replace("_", "-"): value for name, value in headers.items()})
        return True

    return fault


def drops_the_connection(handler: Any) -> bool:
    """A fault: the connection dies without an answer."""
    handler.close_connection = True
    handler.connection.close()
    return True
