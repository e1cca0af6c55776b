"""One worker per outbox: an advisory lock on a file beside it, released by the kernel when the process ends."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from edge_worker.outbox.errors import OutboxInUseError, StorageError


class OutboxLock:
    """Held from `acquire` to `release`, or to the end of the process, however it ends.

    The lock file contains the process id of the holder. It is never removed: two workers could otherwise lock two
    different files of the same name.
    """

    def __init__(self, outbox: Path) -> None:
        self._path = outbox.with_name(outbox.name + ".lock")
        self._outbox = outbox
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Acquire the lock; a second call has no effect.

        Raises:
            OutboxInUseError: Another process holds it.
            StorageError: The lock file cannot be created.
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
            process = f" (process {holder})" if holder.isdigit() else ""
            raise OutboxInUseError(
                f"another worker{process} already uses the outbox {self._outbox}: stop it first, "
                "or give this camera an outbox of its own with --outbox"
            ) from None
        self._descriptor = descriptor
        self._write_holder(descriptor)

    def release(self) -> None:
        """Release the lock, if it is held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @staticmethod
    def _write_holder(descriptor: int) -> None:
        try:
            os.pwrite(descriptor, f"{os.getpid():<31}\n".encode(), 0)
        except OSError:
            return  # a full disk: the lock is held, only the message of the next worker will not name this process
