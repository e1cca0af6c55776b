"""Runs a trial in a child process and tells what it cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from edge_worker.errors import EdgeError


class TrialError(EdgeError):
    """A trial ended before it had something to say."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a child process cost.

    Attributes:
        answer: The JSON object that it printed last; `clock` in it are seconds of the system's monotonic clock.
        started: When it was started, by the same clock.
        cpu_s: User and system time.
        peak_mb: Largest resident memory, in MB (10⁶ bytes).
    """

    answer: dict[str, Any]
    started: float
    cpu_s: float
    peak_mb: float


def run_trial(module: str, *arguments: str) -> Trial:
    """``python -m module arguments``, to its end.

    Raises:
        TrialError: it failed; the message is its last line.
    """
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # Both pipes are short: one JSON line and some warnings; wait4 below takes the child's own account of its memory.
    output, errors = _drained(process)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise TrialError((errors.strip().splitlines() or [f"{module} ended with {process.returncode}"])[-1])
    answer = json.loads(output.strip().splitlines()[-1])
    return Trial(answer, started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def _drained(process: subprocess.Popen[str]) -> tuple[str, str]:
    import threading

    assert process.stdout is not None  # noqa: S101 - both were asked for
    assert process.stderr is not None  # noqa: S101
    errors: list[str] = []
    reader = threading.Thread(target=lambda: errors.append(process.stderr.read() if process.stderr else ""))
    reader.start()
    output = process.stdout.read()
    reader.join()
    return output, errors[0] if errors else ""
