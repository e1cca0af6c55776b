"""One process of a service, and the log file that it writes to."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from local.errors import MissingToolError
from local.stack.processes import is_group_running
from local.stack.service import Service

_GROUP_KILL_TIMEOUT_S = 3.0
_ROTATE_AT_BYTES = 10 * 2**20
_TAIL_BYTES = 8192
_ANSI_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class LogFile:
    """The log of one service, which only its owner can read; more than 10 MiB move to `.log.1`."""

    path: Path

    def open(self) -> BinaryIO:
        """Open for appending; a file over 10 MiB is renamed first."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.size() > _ROTATE_AT_BYTES:
            self.path.replace(self.path.with_suffix(".log.1"))
        self.path.touch(mode=0o600)
        self.path.chmod(0o600)  # also of a file that an older version has made
        return self.path.open("ab")

    def rotate(self) -> None:
        """Copy a file over 10 MiB to `.log.1` and empty it; the service goes on appending to the same file."""
        if self.size() > _ROTATE_AT_BYTES:
            shutil.copy(self.path, self.path.with_suffix(".log.1"))  # with its mode
            os.truncate(self.path, 0)

    def size(self) -> int:
        """Return the number of bytes in the file; 0 when it does not exist."""
        return self.path.stat().st_size if self.path.exists() else 0

    def last_line(self, since: int = 0) -> str:
        """Return the last line with text in it after byte `since`, without colours; empty when there is none."""
        if not self.path.exists():
            return ""
        with self.path.open("rb") as file:
            size = self.size()
            # A rotated log is shorter than before: all of it came after `since`.
            file.seek(max(since if since <= size else 0, size - _TAIL_BYTES))
            text = _ANSI_ESCAPES.sub("", file.read().decode(errors="replace"))
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        return lines[-1] if lines else ""


class ServiceProcess:
    """A running service, started on construction.

    It gets a session of its own: Ctrl-C in the terminal reaches the stack alone, which then stops the services.

    Raises:
        MissingToolError: The program cannot be started.
    """

    def __init__(self, service: Service, log: LogFile, folder: Path) -> None:
        self._service = service
        self._log = log
        self._log_start = log.size()
        with log.open() as sink:
            try:
                self._process = subprocess.Popen(
                    service.command,
                    cwd=folder,
                    env=os.environ | dict(service.environment),
                    stdin=subprocess.DEVNULL,
                    stdout=sink,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            except OSError as error:
                raise MissingToolError(
                    f"{service.name} cannot be started: {service.command[0]}: {error.strerror}"
                ) from error

    @property
    def pid(self) -> int:
        """The pid of the program, which is also the id of its process group."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for the signal that ended it."""
        return self._process.poll()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Return whether the program ended within the timeout in seconds."""
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        """Send SIGTERM to the program, and after its stop timeout SIGKILL to what is left of its group."""
        if self.exit_code is None:
            self._process.terminate()
            self.wait(self._service.stop_timeout_s)
        self.kill_group()

    def kill_group(self) -> None:
        """Kill the process group, so that no child outlives the program or keeps its port."""
        deadline = time.monotonic() + _GROUP_KILL_TIMEOUT_S
        while is_group_running(self.pid) and time.monotonic() < deadline:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            time.sleep(0.01)
        self.wait()

    def describe_exit(self) -> str:
        """Return how the program ended and the last line of its log."""
        code = self.exit_code
        if code is None:
            how = "still running"
        elif code < 0:
            how = f"killed by {signal.Signals(-code).name}"
        else:
            how = f"exit code {code}"
        line = self._log.last_line(self._log_start)
        return f"{how}; last log line: {line}" if line else f"{how}; no output"
