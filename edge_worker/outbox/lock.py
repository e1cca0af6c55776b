"""One worker per outbox: an advisory lock beside the file, which the kernel drops when the process dies."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from edge_worker.outbox.errors import OutboxInUseError, StorageError


class OutboxLock:
    """Held from `take` to `release`, or to the death of the process, however it dies.

    The lock file holds the process id of the holder and is left in place: removing it would let two workers lock two
    different files of the same name.
    """

    def __init__(self, outbox: Path) -> None:
        self._path = outbox.with_name(outbox.name + ".lock")
        self._outbox = outbox
        self._descriptor: int | None = None

    def take(self) -> None:
        """Takes the lock; a second call is a no-op.

        Raises:
            OutboxInUseError: another process has it.
            StorageError: the lock file cannot be made.
        """
        if self._descriptor is not None:
            return
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageError(
                f"the outbox {self._outbox} cannot be locked ({error.strerror}): "
                "check that its folder may be written to and that the disk is not full"
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
            os.close(descriptor)
            if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                raise StorageError(f"the outbox {self._outbox} cannot be locked ({error.strerror})") from error
            who = f" (process {holder})" if holder.isdigit() else ""
            raise OutboxInUseError(
                f"another worker{who} already uses the outbox {self._outbox}: stop it first, "
                "or give this camera an outbox of its own with --outbox"
            ) from None
        self._descriptor = descriptor
        self._write_holder(descriptor)

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @staticmethod
    def _write_holder(descriptor: int) -> None:
        try:
            os.pwrite(descriptor, f"{os.getpid():<31}\n".encode(), 0)
        except OSError:
            return  # a full disk: the lock holds all the same, only its message will not name the process
