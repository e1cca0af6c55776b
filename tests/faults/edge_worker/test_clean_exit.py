"""A worker that gets SIGTERM or SIGINT ends with 0, whatever its threads are doing; real processes, a real camera."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from edge_worker.detection.detector import Backend
from edge_worker.detection.selection import is_installed
from edge_worker.process_exit import NATIVE_WAIT_S
from tests.assets import clip, models_folder
from tests.faults.edge_worker.rtsp_camera import address, camera
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, serving

SLOW_ENGINES = (Backend.ONNX, Backend.LITERT, Backend.TORCH, Backend.MOTION)
ENGINES = [Backend.OPENVINO, *(pytest.param(engine, marks=pytest.mark.slow) for engine in SLOW_ENGINES)]
PATIENCE_S = 120.0
FINALIZATION_BEGINS_S = 0.2
"""From the last status to the middle of the interpreter's finalization, on two cores."""


def test_all_engines_are_tested() -> None:
    assert len(ENGINES) == len(Backend) - 1  # AUTO is one of them


@pytest.fixture
def backend() -> Iterator[RecordingBackend]:
    with serving(RecordingBackend()) as serving_backend:
        yield serving_backend


@contextmanager
def worker(backend: RecordingBackend, folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """``metrica-edge run`` as a process of its own."""
    where = ["--api", backend.url, "--key", KEY, "--camera", backend.camera_id, "--outbox", str(folder / "outbox.db")]
    process = subprocess.Popen(
        [sys.executable, "-m", "edge_worker.cli", "run", *where, "--status-file", str(folder / "s.json"), *options],
        env={**os.environ, "METRICA_MODELS": str(models_folder())},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until(process: subprocess.Popen[str], folder: Path, holds: Callable[[dict[str, Any]], bool]) -> None:
    """Wait for a status of the worker of which this holds."""
    until = monotonic() + PATIENCE_S
    while not (folder / "s.json").exists() or not holds(json.loads((folder / "s.json").read_text())):
        assert process.poll() is None, process.communicate()
        assert monotonic() < until
        sleep(0.01)


def ended(process: subprocess.Popen[str], number: signal.Signals) -> tuple[int, str]:
    """The exit code after a signal, and what the worker wrote to stderr."""
    process.send_signal(number)
    _, said = process.communicate(timeout=PATIENCE_S)
    return process.returncode, said


@pytest.mark.parametrize("engine", ENGINES)
def test_a_live_worker_ends_with_0_when_its_camera_sends_again_while_the_process_ends(
    engine: Backend, port: int, backend: RecordingBackend, tmp_path: Path
) -> None:
    assert is_installed(engine), "all engines are installed where the fault tests run"
    number = signal.SIGINT if engine is Backend.ONNX else signal.SIGTERM
    source = ("--source", address(port), "--backend", engine, "--no-motion-gate")
    with camera(port) as sender, worker(backend, tmp_path, *source) as process:
        wait_until(process, tmp_path, lambda status: status["frames"] >= 20)
        # The reader waits inside FFmpeg while the worker drains, and returns from there while the process ends.
        os.kill(sender.pid, signal.SIGSTOP)
        process.send_signal(number)
        wait_until(process, tmp_path, lambda status: status["state"] == "ended")
        sleep(FINALIZATION_BEGINS_S)
        os.kill(sender.pid, signal.SIGCONT)
        _, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, said
    assert "terminate" not in said


@pytest.mark.parametrize("engine", ENGINES)
def test_a_worker_that_counts_a_file_ends_with_0(engine: Backend, backend: RecordingBackend, tmp_path: Path) -> None:
    assert is_installed(engine), "all engines are installed where the fault tests run"
    number = signal.SIGTERM if engine is Backend.ONNX else signal.SIGINT
    source = ("--source", str(clip("doorway_1.mpg")), "--loop", "--backend", engine)
    with worker(backend, tmp_path, *source) as process:
        wait_until(process, tmp_path, lambda status: status["frames"] >= 20)
        code, said = ended(process, number)
    assert code == 0, said
    assert json.loads((tmp_path / "s.json").read_text())["state"] == "ended"


def test_a_worker_whose_camera_is_away_ends_with_0(backend: RecordingBackend, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts connections and never answers
        source = ("--source", address(silent.getsockname()[1]))
        with worker(backend, tmp_path, *source) as process:
            silent.accept()
            code, said = ended(process, signal.SIGTERM)
    assert code == 0, said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_whose_backend_is_silent_at_the_start_ends_with_0_at_once(
    number: signal.Signals, backend: RecordingBackend, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        backend.url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with worker(backend, tmp_path, "--source", str(clip("doorway_1.mpg"))) as process:
            silent.accept()
            began = monotonic()
            code, said = ended(process, number)
    assert code == 0, said
    assert monotonic() - began < 5


def test_a_program_that_leaves_a_camera_open_ends_in_order(port: int) -> None:
    program = f"""
import os, signal
from edge_worker.video.live_source import LiveSource
source = LiveSource({address(port)!r}, first_frame_s={PATIENCE_S})
print("open", flush=True)
input()
"""
    with camera(port) as sender:
        process = subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        os.kill(sender.pid, signal.SIGSTOP)
        _, said = process.communicate("\n", timeout=PATIENCE_S)
    assert process.returncode == 0, said
    assert "terminate" not in said


@pytest.mark.parametrize("code", [0, 3])
def test_a_thread_that_never_returns_delays_the_end_by_seconds_and_keeps_the_exit_code(code: int) -> None:
    program = f"""
import threading
from edge_worker.process_exit import NativeThread, exit_process
NativeThread(threading.Event().wait, stop=lambda: None, name="stuck").start()
print("flushed", end="")
exit_process({code})
"""
    began = monotonic()
    run = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert (run.returncode, run.stdout, run.stderr) == (code, "flushed", "")
    assert monotonic() - began < NATIVE_WAIT_S
