"""The terminal of the demo: lines that stay, and one that follows the counts."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from threading import Lock
from typing import Any, TextIO

from local.demo.worker import Counted

_SELDOM_S = 10


class Screen:
    """Safe for several threads. Without a terminal the following line is printed now and then instead."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._on_terminal = self._stream.isatty()
        self._following = False
        self._mutex = Lock()
        self._printed_at_s: int | None = None

    def say(self, line: str) -> None:
        """A line that stays."""
        with self._mutex:
            self._clear()
            print(line, file=self._stream, flush=True)

    def follow(self, line: str, elapsed_s: float) -> None:
        """The line that follows the counts."""
        with self._mutex:
            if self._on_terminal:
                width = shutil.get_terminal_size().columns - 1
                print(f"\r\x1b[2K{line[:width]}", end="", file=self._stream, flush=True)
                self._following = True
            elif self._printed_at_s is None or elapsed_s - self._printed_at_s >= _SELDOM_S:
                self._printed_at_s = int(elapsed_s) // _SELDOM_S * _SELDOM_S
                print(line, file=self._stream, flush=True)

    def _clear(self) -> None:
        if self._following:
            print(file=self._stream)
            self._following = False


def live_line(elapsed_s: float, counted: Counted, occupancy: int | None, status: Mapping[str, Any]) -> str:
    """Frames, counts, occupancy and what waits, in one line."""
    parts = [
        f"{int(elapsed_s) // 60}:{int(elapsed_s) % 60:02d}",
        f"{counted.frames} frames ({status.get('fps', 0):.1f}/s)",
        f"in {counted.ins}",
        f"out {counted.outs}",
        f"inside {'?' if occupancy is None else occupancy}",
        f"waiting {status.get('backlog', 0)}",
    ]
    if status.get("problem"):
        parts.append(str(status["problem"]))
    return "  ".join(parts)
