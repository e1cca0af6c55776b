"""Where the status of a run goes: a file, the pipe to the supervisor, one line on the terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from edge_worker.errors import UsageError

STATUS_FD = "METRICA_STATUS_FD"
"""The environment variable with the descriptor of the status pipe."""
NOT_ALL_ON_DISK = 3
"""The exit code of a run that could not store every crossing on disk when it was counted."""


class StatusFile:
    """The file of ``--status-file``. A disk that fails later does not stop the counting.

    Attributes:
        problem: Why the last write failed; None if it succeeded.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.problem: str | None = None

    def create(self, status: Mapping[str, Any]) -> None:
        """Write the file for the first time.

        Raises:
            UsageError: The file cannot be written.
        """
        self.write(status)
        if self.problem:
            raise UsageError(self.problem)

    def write(self, status: Mapping[str, Any]) -> None:
        """Replace the file atomically: a reader sees the old content or the new one, never a part of it."""
        draft = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            draft.write_text(json.dumps(status) + "\n", encoding="utf-8")
            draft.replace(self._path)
            self.problem = None
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            self.problem = f"the status file {self._path} cannot be written: {error.strerror}"


class StatusPipe:
    """Sends the status to the supervisor through the descriptor in `STATUS_FD`; does nothing without one.

    Attributes:
        orphaned: Whether the supervisor has ended.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        number = environment.get(STATUS_FD, "")
        self._descriptor = int(number) if number.isdigit() else None
        self.orphaned = False
        if self._descriptor is not None:
            os.set_blocking(self._descriptor, False)
            os.set_inheritable(self._descriptor, False)

    def send(self, status: Mapping[str, Any]) -> None:
        """Send a status as one line of JSON."""
        if self._descriptor is None:
            return
        try:
            os.write(self._descriptor, json.dumps(status).encode() + b"\n")
        except BlockingIOError:
            return  # the supervisor is slow; the next status is newer
        except OSError:
            self.orphaned = True


def status_line(status: Mapping[str, Any]) -> str:
    """Return the status as one line for the terminal."""
    parts = [
        f"IN {status['in']}  OUT {status['out']}",
        f"{status['frames']} frames",
        f"{status['fps']:.1f}/s",
        f"sent {status['sent']}",
    ]
    if status["backlog"]:
        parts.append(f"waiting {status['backlog']}")
    if status["dead"]:
        parts.append(f"refused {status['dead']}")
    if status["unstored"] or status["lost"]:
        parts.append(f"NOT ON DISK {status['unstored']}, lost {status['lost']}")
    if status.get("picture_problem"):
        parts.append(str(status["picture_problem"]))
    if status["problem"]:
        parts.append(str(status["problem"]))
    return " · ".join(parts)


class TerminalLine:
    """Shows one line on the terminal and updates it; writes nothing if the stream is not a terminal.

    Args:
        stream: Where to; None for stderr.
        width: Columns of the terminal; None to ask it.
    """

    def __init__(self, stream: TextIO | None = None, width: int | None = None) -> None:
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()
        self._width = width

    def show(self, line: str) -> None:
        """Replace the line, cut to the width of the terminal."""
        if self._is_terminal:
            self._stream.write("\r\x1b[2K" + line[: self._columns() - 1])
            self._stream.flush()

    def end(self) -> None:
        """Leave the line and start a new one."""
        if self._is_terminal:
            self._stream.write("\n")
            self._stream.flush()

    def _columns(self) -> int:
        if self._width:
            return self._width
        try:
            return os.get_terminal_size(self._stream.fileno()).columns
        except OSError:
            return 100
