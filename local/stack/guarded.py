"""The supervisor's side of the guard: tells it which process groups there are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Final

_SCRIPT: Final = Path(__file__).with_name("guard.py")


class Guard:
    """A running guard process; started anew if somebody kills it."""

    def __init__(self, lock_descriptor: int) -> None:
        self._lock_descriptor = lock_descriptor
        self._mutex = Lock()
        self._groups: dict[int, None] = {}
        self._process = self._start()

    @property
    def pid(self) -> int:
        """Of the guard process."""
        return self._process.pid

    def add(self, group: int) -> None:
        """A process group to clear away should we be killed."""
        with self._mutex:
            self._groups[group] = None
            self._tell(f"+{group}\n")

    def remove(self, group: int) -> None:
        """The group has ended."""
        with self._mutex:
            self._groups.pop(group, None)
            self._tell(f"-{group}\n")

    def close(self) -> None:
        """End the guard; what is still registered is cleared away by it first."""
        with self._mutex:
            self._process.communicate()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            pass_fds=[self._lock_descriptor],
        )

    def _tell(self, line: str) -> None:
        try:
            self._write(line)
        except BrokenPipeError:
            self._process.wait()
            self._process = self._start()
            self._write("".join(f"+{group}\n" for group in self._groups))

    def _write(self, text: str) -> None:
        if self._process.stdin is None:
            raise AssertionError("the guard was started with a pipe")
        self._process.stdin.write(text)
        self._process.stdin.flush()
