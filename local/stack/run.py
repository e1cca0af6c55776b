"""One run of a part: a process group from its start to its end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from local.errors import MissingToolError
from local.stack.guard import group_alive
from local.stack.logs import LogFile
from local.stack.part import Part

_GROUP_GONE_WITHIN_S = 3.0


class Run:
    """Started on construction, in a session of its own: Ctrl-C in the terminal reaches us alone, and we stop the rest.

    Raises MissingToolError when the program cannot be started.
    """

    def __init__(self, part: Part, log: LogFile, folder: Path) -> None:
        self._part = part
        self._log = log
        self._log_start = log.size()
        with log.open() as sink:
            try:
                self._process = subprocess.Popen(
                    part.command,
                    cwd=folder,
                    env=os.environ | dict(part.environment),
                    stdin=subprocess.DEVNULL,
                    stdout=sink,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            except OSError as error:
                raise MissingToolError(f"{part.name} cannot be started: {part.command[0]}: {error.strerror}") from error

    @property
    def pid(self) -> int:
        """Of the program that was started; also the id of its process group."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for the signal that ended it."""
        return self._process.poll()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Whether it ended within that time."""
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        """SIGTERM to the program, SIGKILL after its time to whatever is left of its group."""
        if self.exit_code is None:
            self._process.terminate()
            self.wait(self._part.stop_within_s)
        self.clear()

    def clear(self) -> None:
        """End what is left of the group, so that no child outlives its program or keeps its port."""
        deadline = time.monotonic() + _GROUP_GONE_WITHIN_S
        while group_alive(self.pid) and time.monotonic() < deadline:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            time.sleep(0.01)
        self.wait()

    def obituary(self) -> str:
        """How it ended and what it said last."""
        code = self.exit_code
        if code is None:
            how = "still running"
        elif code < 0:
            how = f"killed by {signal.Signals(-code).name}"
        else:
            how = f"exit code {code}"
        words = self._log.last_words(self._log_start)
        return f"{how}; its last words: {words}" if words else f"{how}; it said nothing"
