"""``metrica-edge run --config`` as a process of its own: an edge box with several cameras, for fault tests."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx

from tests.assets import models_folder
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend

PATIENCE_S = 120.0
POLL_S = 0.05
LINE = [0.0, 0.55, 1.0, 0.55]


@dataclass
class Box:
    """The supervisor of the box and what ``/healthz`` says."""

    supervisor: subprocess.Popen[str]
    health: httpx.Client

    def status(self) -> dict[str, Any]:
        """The newest status, also of an unhealthy box; empty while it does not answer yet."""
        try:
            answer: dict[str, Any] = self.health.get("/healthz").json()
        except httpx.TransportError:
            return {}
        return answer

    def pid(self, process: str) -> int:
        """The process id of the detector process (``detector``) or of a camera's worker."""
        status = self.status()
        return int(status["detector"]["pid"] if process == "detector" else status["cameras"][process]["pid"])

    def wait_until(self, holds: Callable[[dict[str, Any]], bool], patience_s: float = PATIENCE_S) -> dict[str, Any]:
        """Wait for a status of which this holds, and return it."""
        until = monotonic() + patience_s
        while not ((status := self.status()) and holds(status)):
            assert self.supervisor.poll() is None, "the supervisor has ended"
            assert monotonic() < until, status
            sleep(POLL_S)
        return status

    def wait_for_frames(self, *cameras: str, more: int = 5) -> float:
        """Wait until each camera has counted so many more frames; return the seconds that it took."""
        began_at, before = monotonic(), self.status().get("cameras", {})

        def counted(status: dict[str, Any], camera: str) -> int:
            """Frames since the first status, also of a worker that was started again since."""
            now, then = status["cameras"][camera], before.get(camera, {})
            earlier = then.get("frames", 0) if now.get("pid") == then.get("pid") else 0
            return int(now.get("frames", 0) - earlier)

        self.wait_until(lambda status: all(counted(status, camera) >= more for camera in cameras))
        return monotonic() - began_at

    def stop(self) -> int:
        """Send SIGTERM and return the exit code."""
        self.supervisor.send_signal(signal.SIGTERM)
        return self.supervisor.wait(PATIENCE_S)


@contextmanager
def box(folder: Path, backend: RecordingBackend, cameras: Sequence[dict[str, Any]], **settings: Any) -> Iterator[Box]:
    """A box with these ``[[camera]]`` sections; everything of it has ended when the block is left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    machine = {"api": backend.url, "key": KEY, "state": str(folder / "state"), "health_port": port, **settings}
    lines = [f"{name} = {json.dumps(value)}" for name, value in machine.items()]
    for camera in cameras:
        lines += ["", "[[camera]]", *(f"{name} = {json.dumps(value)}" for name, value in camera.items())]
    (folder / "state").mkdir()
    (folder / "edge.toml").write_text("\n".join(lines) + "\n")
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "edge_worker.cli", "run", "--config", str(folder / "edge.toml")],
        env={**os.environ, "METRICA_MODELS": str(models_folder())},
        stderr=(folder / "log").open("w"),
        text=True,
    )
    # One client: httpx reads the certificates of all authorities for each new one.
    started = Box(supervisor, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10))
    try:
        yield started
    finally:
        status = started.status() if supervisor.poll() is None else {}
        for one in (*status.get("cameras", {}).values(), status.get("detector", {})):
            if "pid" in one:
                continue_process(one["pid"])
        supervisor.terminate()
        supervisor.wait(PATIENCE_S)
        started.health.close()


def continue_process(pid: int) -> None:
    """Let a process go on that a test has frozen."""
    try:
        os.kill(pid, signal.SIGCONT)
    except ProcessLookupError:
        return
