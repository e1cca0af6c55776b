"""Measurement of a module in a child process: its answer, CPU time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from edge_worker.errors import EdgeError


class MeasurementError(EdgeError):
    """The child process failed."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """The answer and the cost of a child process.

    Attributes:
        answer: The JSON object that it printed last. Times in it are seconds of the system's monotonic clock.
        started: Start time of the process, by the same clock.
        cpu_s: User and system time, in seconds.
        peak_mb: Largest resident memory, in MB (10⁶ bytes).
    """

    answer: dict[str, Any]
    started: float
    cpu_s: float
    peak_mb: float


def run_measurement(module: str, *arguments: str) -> Measurement:
    """Run ``python -m module arguments`` to its end.

    Args:
        module: The module to run.
        *arguments: Its command line arguments.

    Raises:
        MeasurementError: The process failed. The message is the last line that it wrote to stderr.
    """
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # wait4 instead of Popen.communicate: only it reports the memory and the CPU time of this child alone.
    output, errors = _read_output(process)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise MeasurementError((errors.strip().splitlines() or [f"{module} ended with {process.returncode}"])[-1])
    answer = json.loads(output.strip().splitlines()[-1])
    return Measurement(answer, started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def _read_output(process: subprocess.Popen[str]) -> tuple[str, str]:
    import threading

    assert process.stdout is not None  # noqa: S101 - both are pipes
    assert process.stderr is not None  # noqa: S101
    errors: list[str] = []
    reader = threading.Thread(target=lambda: errors.append(process.stderr.read() if process.stderr else ""))
    reader.start()
    output = process.stdout.read()
    reader.join()
    return output, errors[0] if errors else ""
