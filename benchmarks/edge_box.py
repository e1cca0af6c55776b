"""A running box: a real ``metrica-edge run --config`` that delivers to nobody, seen through its ``/healthz``."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen
from uuid import UUID

PATIENCE_S = 120.0


class Box:
    """A running box."""

    def __init__(self, supervisor: subprocess.Popen[bytes], port: int) -> None:
        self._supervisor = supervisor
        self._port = port
        self._started_at = monotonic()

    def wait_for_first_frames(self) -> float:
        """Wait until each source has counted a frame and the detector process has its standby.

        Returns:
            The seconds from the start of the box until the last source has counted a frame.
        """
        self._wait_until(lambda status: (frames := _frames(status)) and all(frames))
        first_s = monotonic() - self._started_at
        self._wait_until(lambda status: status["detector"]["standby_pid"])
        return first_s

    def rates(self, seconds: float) -> list[float]:
        """Return the frames per second of each source over a time."""
        before, began_at = _frames(self._status()), monotonic()
        sleep(seconds)
        after, elapsed_s = _frames(self._status()), monotonic() - began_at
        return [(new - old) / elapsed_s for old, new in zip(before, after, strict=True)]

    def memory_mb(self) -> float:
        """Return the PSS of all processes of the box, in MB (10⁶ bytes)."""
        return sum(_pss_bytes(pid) for pid in self._pids()) / 1e6

    def cpu_s(self) -> float:
        """Return the CPU time that all processes of the box have used, in seconds."""
        return sum(_cpu_s(pid) for pid in self._pids())

    def recovery_s(self, number: signal.Signals) -> float:
        """Send a signal to the detector process and return the seconds until all sources count again."""
        detector = self._wait_until(lambda status: status["detector"]["standby_pid"])["detector"]["pid"]
        os.kill(detector, number)
        began_at = monotonic()
        status = self._wait_until(
            lambda status: status["detector"].get("sources") and status["detector"]["pid"] != detector
        )
        before = _frames(status)
        self._wait_until(lambda status: all(new > old for old, new in zip(before, _frames(status), strict=True)))
        return monotonic() - began_at

    def wait_for_skipped_frames(self) -> None:
        """Wait until the motion gate of each source keeps frames from the model."""
        self._wait_until(lambda status: all(camera.get("skipped") for camera in status["cameras"].values()))

    def frames(self) -> int:
        """Return the number of frames that all sources have counted."""
        return sum(_frames(self._status()))

    def _pids(self) -> list[int]:
        status = self._status()
        detector = status["detector"]
        found = [self._supervisor.pid, detector["pid"], detector["standby_pid"]]
        return found + [camera["pid"] for camera in status["cameras"].values()]

    def _wait_until(self, holds: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        until = monotonic() + PATIENCE_S
        while monotonic() < until and self._supervisor.poll() is None:
            status = self._status()
            if status and holds(status):
                return status
            sleep(0.05)
        raise RuntimeError(f"the box did not get ready within {PATIENCE_S:.0f} s: {self._status()}")

    def _status(self) -> dict[str, Any]:
        try:
            with urlopen(f"http://127.0.0.1:{self._port}/healthz", timeout=10) as answer:
                found: dict[str, Any] = json.load(answer)
        except HTTPError as unhealthy:
            found = json.load(unhealthy)
        except URLError:
            return {}
        return found


@contextmanager
def run_box(folder: Path, sources: Sequence[str], **settings: str | bool) -> Iterator[Box]:
    """Run a box that delivers to nobody until the block is left.

    Args:
        folder: Its files; it must not exist.
        sources: The source of each camera, all different, because cameras with the same source share it.
        **settings: Further settings of each camera.
    """
    print(f"benchmarks: {len(sources)} sources", file=sys.stderr, flush=True)
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    lines = ['api = "http://127.0.0.1:9"', 'key = "mk_benchmark"', f"state = {json.dumps(str(folder))}"]
    lines += [f"health_port = {port}", 'backend = "openvino"']
    for number, source in enumerate(sources):
        camera = {"id": str(UUID(int=number + 1)), "name": str(number), "source": source, **settings}
        lines += ["[[camera]]", *(f"{name} = {json.dumps(value)}" for name, value in camera.items())]
    config = folder / "edge.toml"
    config.write_text("\n".join(lines) + "\n")
    command = [sys.executable, "-m", "edge_worker.cli", "run", "--config", str(config), "--quiet"]
    supervisor = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield Box(supervisor, port)
    finally:
        supervisor.terminate()
        supervisor.wait(PATIENCE_S)


def _frames(status: dict[str, Any]) -> list[int]:
    return [int(camera.get("frames", 0)) for camera in status["cameras"].values()]


def _pss_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
