"""A lock that allows one stack per state folder."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import Self

from local.errors import AlreadyRunningError
from local.stack.processes import describe, is_running

_FILE = "stack.lock"
_CLEANUP_TIMEOUT_S = 30.0


class FolderLock:
    """Held by a stack and its orphan cleaner while they run on the folder."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    @classmethod
    def acquire(cls, home: Path) -> Self:
        """Take the lock; wait while the orphan cleaner of a killed stack still works.

        Raises:
            AlreadyRunningError: Another stack runs on the folder.
        """
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(home / _FILE, os.O_RDWR | os.O_CREAT, 0o644)
        deadline = time.monotonic() + _CLEANUP_TIMEOUT_S
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pid = _read_pid(descriptor)
                if time.monotonic() > deadline or (pid is not None and is_running(pid)):
                    os.close(descriptor)
                    holder = "another process" if pid is None else describe(pid)
                    raise AlreadyRunningError(
                        f"a stack is already running on {home}, by {holder}: "
                        "stop it or set METRICA_HOME to another folder"
                    ) from None
                time.sleep(0.05)
            else:
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
                return cls(descriptor)

    def release(self) -> None:
        """Release the lock."""
        os.ftruncate(self.descriptor, 0)
        os.close(self.descriptor)


def running_stack(home: Path) -> int | None:
    """Return the pid of the stack that runs on the folder; None when there is none."""
    try:
        descriptor = os.open(home / _FILE, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = _read_pid(descriptor)
        return pid if pid is not None and is_running(pid) else None
    else:
        return None
    finally:
        os.close(descriptor)


def _read_pid(descriptor: int) -> int | None:
    text = os.pread(descriptor, 32, 0).decode(errors="replace").strip()
    return int(text) if text.isdecimal() else None
