"""Several sources on one box: throughput against the bare model, fairness, memory and recovery.

A real ``metrica-edge run --config`` counts copies of a test clip, paced at 30 frames/s, which is more than the model
can take, and delivers to nobody. The bare model runs in throughput mode before and after it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen
from uuid import UUID

from benchmarks.row import Row, at_least, at_most, figure
from edge_worker.benchmark.child_process import run_measurement
from edge_worker.benchmark.pipeline_speed import write_test_clip

SOURCES = 4
FPS = 30.0
MEASURE_S = 12.0
SETTLE_S = 2.0
BARE_FRAMES = 100
PATIENCE_S = 120.0


def rows() -> list[Row]:
    """Return the rows of several sources."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clip = folder / "clip.mp4"
        write_test_clip(clip, FPS)
        with _box(folder / "one", clip, 1) as box:
            box.wait_for_frames(1)
            sleep(SETTLE_S)
            first_mb = box.memory_mb()
        bare = [_bare_rate(clip)]
        with _box(folder / "four", clip, SOURCES) as box:
            box.wait_for_frames(1)
            sleep(SETTLE_S)
            rates = box.rates(MEASURE_S)
            all_mb = box.memory_mb()
            recovery_s = {number: box.recovery_s(number) for number in (signal.SIGKILL, signal.SIGSTOP)}
        bare.append(_bare_rate(clip))
    together = sum(rates)
    note = f"{SOURCES} sources of 640 × 480, OpenVINO, yolo26n"
    return [
        figure("edge_four_sources_frames_per_s", together, "frames/s", note),
        at_least("edge_four_sources_vs_bare_model", together / max(bare), 0.85, "×", "the model in throughput mode"),
        at_least("edge_four_sources_fairness", min(rates) / max(rates), 0.9, "×", "slowest ÷ fastest source"),
        at_most(
            "edge_first_source_memory",
            first_mb,
            400,
            "MB",
            "PSS of supervisor, detector process, its standby and worker",
        ),
        at_most("edge_further_source_memory", (all_mb - first_mb) / (SOURCES - 1), 70, "MB", "PSS"),
        at_most("edge_detector_killed_recovery", recovery_s[signal.SIGKILL], 5, "s", "to the next counted frame"),
        at_most("edge_detector_frozen_recovery", recovery_s[signal.SIGSTOP], 5, "s", "to the next counted frame"),
    ]


def _bare_rate(clip: Path) -> float:
    print("benchmarks: model_speed", file=sys.stderr, flush=True)
    answer = run_measurement("edge_worker.benchmark.model_speed", str(clip), "", str(BARE_FRAMES)).answer
    return float(answer["THROUGHPUT"])


class _Box:
    """A running box, seen through its ``/healthz``."""

    def __init__(self, supervisor: subprocess.Popen[bytes], port: int) -> None:
        self._supervisor = supervisor
        self._port = port

    def wait_for_frames(self, count: int) -> None:
        """Wait until each source has counted so many frames, and the detector process has its standby."""
        self._wait_until(lambda status: all(frames >= count for frames in _frames(status)))
        self._wait_until(lambda status: status["detector"]["standby_pid"])

    def rates(self, seconds: float) -> list[float]:
        """Return the frames per second of each source over a time."""
        before, began_at = _frames(self._status()), monotonic()
        sleep(seconds)
        after, elapsed_s = _frames(self._status()), monotonic() - began_at
        return [(new - old) / elapsed_s for old, new in zip(before, after, strict=True)]

    def memory_mb(self) -> float:
        """Return the PSS of all processes of the box, in MB (10⁶ bytes)."""
        status = self._status()
        detector = status["detector"]
        pids = [self._supervisor.pid, detector["pid"], detector["standby_pid"]]
        pids += [camera["pid"] for camera in status["cameras"].values()]
        return sum(_pss_bytes(pid) for pid in pids) / 1e6

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
def _box(folder: Path, clip: Path, sources: int) -> Iterator[_Box]:
    """Run a box with so many sources until the block is left."""
    print(f"benchmarks: {sources} sources", file=sys.stderr, flush=True)
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    lines = ['api = "http://127.0.0.1:9"', 'key = "mk_benchmark"', f"state = {json.dumps(str(folder))}"]
    lines += [f"health_port = {port}", 'backend = "openvino"']
    for number in range(sources):
        source = folder / f"{number}.mp4"  # cameras with the same source would share it
        shutil.copyfile(clip, source)
        lines += ["[[camera]]", f'id = "{UUID(int=number + 1)}"', f'name = "{number}"']
        lines += [f"source = {json.dumps(str(source))}", 'pace = "real-time"', "loop = true"]
    config = folder / "edge.toml"
    config.write_text("\n".join(lines) + "\n")
    command = [sys.executable, "-m", "edge_worker.cli", "run", "--config", str(config), "--quiet"]
    supervisor = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield _Box(supervisor, port)
    finally:
        supervisor.terminate()
        supervisor.wait(PATIENCE_S)


def _frames(status: dict[str, Any]) -> list[int]:
    return [int(camera.get("frames", 0)) for camera in status["cameras"].values()]


def _pss_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    from benchmarks.__main__ import table

    print(table(rows()))
