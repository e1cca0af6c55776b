"""How the run is, for people (one line on stderr) and for programs (a JSON file, ``/healthz``)."""

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
NOT_ALL_ON_DISK = 3
"""The exit code of a run that counted, but could not put every crossing on disk at once."""


def write_status(path: Path, status: Mapping[str, Any]) -> None:
    """Rewrites the file as a whole: a reader sees the old one or the new one, never half of one.

    Raises:
        OSError: the folder does not take it.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(status, indent=None) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise


class StatusFile:
    """The file of ``--status-file``; a disk that fails later does not stop the counting."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.problem: str | None = None

    def prove(self, status: Mapping[str, Any]) -> None:
        """The first write.

        Raises:
            UsageError: the file cannot be written there.
        """
        try:
            write_status(self._path, status)
        except OSError as error:
            raise UsageError(f"the status file {self._path} cannot be written: {error.strerror}") from None

    def write(self, status: Mapping[str, Any]) -> None:
        try:
            write_status(self._path, status)
            self.problem = None
        except OSError as error:
            self.problem = f"the status file {self._path} cannot be written: {error.strerror}"


class StatusPipe:
    """Tells the supervisor, through the descriptor named in `STATUS_FD`, how the worker is; nothing without one.

    Attributes:
        orphaned: the supervisor is gone.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        number = environment.get(STATUS_FD, "")
        self._descriptor = int(number) if number.isdigit() else None
        self.orphaned = False
        if self._descriptor is not None:
            os.set_blocking(self._descriptor, False)
            os.set_inheritable(self._descriptor, False)

    def say(self, status: Mapping[str, Any]) -> None:
        if self._descriptor is None:
            return
        try:
            os.write(self._descriptor, json.dumps(status).encode() + b"\n")
        except BlockingIOError:
            return  # the supervisor is behind; the next status is a newer one
        except OSError:
            self.orphaned = True


def live_line(status: Mapping[str, Any]) -> str:
    """The line that people see while it runs."""
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
    if status["problem"]:
        parts.append(str(status["problem"]))
    return " · ".join(parts)


class LiveLine:
    """Keeps one line of a terminal up to date; writes nothing where there is no terminal."""

    def __init__(self, stream: TextIO | None = None, width: int | None = None) -> None:
        self._stream = stream or sys.stderr
        self._on = self._stream.isatty()
        self._width = width

    @property
    def on(self) -> bool:
        return self._on

    def show(self, line: str) -> None:
        if self._on:
            self._stream.write("\r\x1b[2K" + line[: self._columns() - 1])
            self._stream.flush()

    def end(self) -> None:
        if self._on:
            self._stream.write("\n")
            self._stream.flush()

    def _columns(self) -> int:
        if self._width:
            return self._width
        try:
            return os.get_terminal_size(self._stream.fileno()).columns
        except OSError:
            return 100
