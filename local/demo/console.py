"""The output of the demo: permanent lines, and one status line that is updated in place."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any, TextIO

from local.demo.worker import WorkerCounts

_STATUS_INTERVAL_S = 10


class Console:
    """Print lines from several threads. Without a terminal the status line is printed every ten seconds instead."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._is_terminal = self._stream.isatty()
        self._status_is_shown = False
        self._mutex = Lock()
        self._status_printed_at_s: int | None = None

    def print_line(self, line: str) -> None:
        """Print a permanent line."""
        with self._mutex:
            if self._status_is_shown:
                print(file=self._stream)
                self._status_is_shown = False
            print(line, file=self._stream, flush=True)

    def update_status(self, line: str, elapsed_s: float) -> None:
        """Replace the status line; `elapsed_s` is the time since counting began, in seconds."""
        with self._mutex:
            if self._is_terminal:
                width = shutil.get_terminal_size().columns - 1
                print(f"\r\x1b[2K{line[:width]}", end="", file=self._stream, flush=True)
                self._status_is_shown = True
            elif self._status_printed_at_s is None or elapsed_s - self._status_printed_at_s >= _STATUS_INTERVAL_S:
                self._status_printed_at_s = int(elapsed_s) // _STATUS_INTERVAL_S * _STATUS_INTERVAL_S
                print(line, file=self._stream, flush=True)


def status_line(
    elapsed_s: float, counts: WorkerCounts, occupancies: Sequence[int | None], statuses: Sequence[Mapping[str, Any]]
) -> str:
    """Return frames, counts, occupancy and backlog in one line.

    Args:
        elapsed_s: Seconds since counting began.
        counts: What the workers counted so far.
        occupancies: What the API answers for each store; None when it does not.
        statuses: The content of the status file of each camera's worker.
    """
    fps = sum(status.get("fps", 0) for status in statuses)
    inside = " + ".join("?" if occupancy is None else str(occupancy) for occupancy in occupancies)
    parts = [
        f"{int(elapsed_s) // 60}:{int(elapsed_s) % 60:02d}",
        f"{counts.frames} frames ({fps:.1f}/s)",
        f"in {counts.ins}",
        f"out {counts.outs}",
        f"inside {inside}",
        f"unsent {sum(status.get('backlog', 0) for status in statuses)}",
    ]
    parts += sorted({str(status["problem"]) for status in statuses if status.get("problem")})
    return "  ".join(parts)
