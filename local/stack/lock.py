"""One stack per state folder."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import Self

from local.errors import AlreadyRunningError
from local.stack.guard import alive
from local.stack.ports import command_of

_FILE = "stack.lock"
_CLEARED_WITHIN_S = 30.0


class FolderLock:
    """Held while a stack runs on the folder, by it and by its guard."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    @classmethod
    def acquire(cls, home: Path) -> Self:
        """Take the lock; waits for the guard of a stack that was killed to finish clearing away.

        Raises AlreadyRunningError when another stack runs there.
        """
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(home / _FILE, os.O_RDWR | os.O_CREAT, 0o644)
        deadline = time.monotonic() + _CLEARED_WITHIN_S
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pid = _written_pid(descriptor)
                if time.monotonic() > deadline or (pid is not None and alive(pid)):
                    os.close(descriptor)
                    raise AlreadyRunningError(_sentence(home, pid)) from None
                time.sleep(0.05)
            else:
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
                return cls(descriptor)

    def release(self) -> None:
        """Give the folder free."""
        os.ftruncate(self.descriptor, 0)
        os.close(self.descriptor)


def running_on(home: Path) -> int | None:
    """The pid of the stack that runs on the folder, if one does."""
    try:
        descriptor = os.open(home / _FILE, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = _written_pid(descriptor)
        return pid if pid is not None and alive(pid) else None
    else:
        return None
    finally:
        os.close(descriptor)


def _written_pid(descriptor: int) -> int | None:
    text = os.pread(descriptor, 32, 0).decode(errors="replace").strip()
    return int(text) if text.isdecimal() else None


def _sentence(home: Path, pid: int | None) -> str:
    by = f"pid {pid} ({command_of(pid)})" if pid is not None else "another process"
    return f"a stack is already running on {home}, by {by}: stop it or set METRICA_HOME to another folder"
