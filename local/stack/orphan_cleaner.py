"""Stop the services of a stack whose process was killed.

A cleaner process runs beside the stack and reads from its standard input a line `+PID` or `-PID` for each process group
that starts or ends. When the pipe closes, also after `kill -9` of the stack, it stops the remaining groups in reverse
order: SIGTERM, a grace period, SIGKILL. It inherits the lock of the state folder, so that no new stack starts before
it is done.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from threading import Lock
from typing import Final

from local.stack.processes import is_running
from local.stack.settings import ROOT

_GRACE_PERIOD_S: Final = 10.0


class OrphanCleaner:
    """The stack's side: a running cleaner process, started again if it is killed."""

    def __init__(self, lock_descriptor: int) -> None:
        self._lock_descriptor = lock_descriptor
        self._mutex = Lock()
        self._groups: dict[int, None] = {}
        self._process = self._start()

    @property
    def pid(self) -> int:
        """The pid of the cleaner process."""
        return self._process.pid

    def add(self, group: int) -> None:
        """Register a process group, to be stopped if the stack is killed."""
        with self._mutex:
            self._groups[group] = None
            self._send(f"+{group}\n")

    def remove(self, group: int) -> None:
        """Unregister a process group that has ended."""
        with self._mutex:
            self._groups.pop(group, None)
            self._send(f"-{group}\n")

    def close(self) -> None:
        """End the cleaner process; it stops the groups that are still registered first."""
        with self._mutex:
            self._process.communicate()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "local.stack.orphan_cleaner"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            pass_fds=[self._lock_descriptor],
        )

    def _send(self, line: str) -> None:
        try:
            self._write(line)
        except BrokenPipeError:
            self._process.wait()
            self._process = self._start()
            self._write("".join(f"+{group}\n" for group in self._groups))

    def _write(self, text: str) -> None:
        if self._process.stdin is None:
            raise AssertionError("the cleaner was started with a pipe")
        self._process.stdin.write(text)
        self._process.stdin.flush()


def stop_groups(groups: Iterable[int]) -> None:
    """Stop the process groups, the last one first; each is named by the pid of its leader."""
    for leader in reversed(list(groups)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(leader, signal.SIGTERM)
        deadline = time.monotonic() + _GRACE_PERIOD_S
        while is_running(leader) and time.monotonic() < deadline:
            time.sleep(0.02)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)


def main() -> None:
    """Read registrations until the stack's process has ended, then stop what is left."""
    groups: dict[int, None] = {}
    for line in sys.stdin:
        group = int(line[1:])
        if line[0] == "+":
            groups[group] = None
        else:
            groups.pop(group, None)
    stop_groups(groups)


if __name__ == "__main__":
    main()
