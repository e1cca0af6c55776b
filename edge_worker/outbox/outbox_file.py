"""The outbox file of a worker: locked, opened again after a disk failure, replaced when it is damaged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from edge_worker.outbox.disk_reserve import DiskReserve
from edge_worker.outbox.errors import OutboxCorruptError, OutboxInUseError, OutboxUnusableError, StorageError
from edge_worker.outbox.lock import OutboxLock
from edge_worker.outbox.recovery import Recovered, recover
from edge_worker.outbox.sqlite_outbox import SqliteOutbox

T = TypeVar("T")
log = logging.getLogger(__name__)

RETRY_PAUSE_S = 10.0
"""How long a disk that failed is not accessed."""
MAX_DAMAGED_FILES = 5
"""Damaged files of one run that are kept: an SD card that damages every file must not be filled with them."""
_WAL_SUFFIXES = ("-wal", "-shm")
"""Files that SQLite keeps beside a database in WAL mode; those of a damaged database would damage the new one."""


class OutboxFile:
    """Runs operations on the outbox file and keeps it usable. Not for several threads at once.

    Args:
        path: The file.
        limit_bytes: The largest size of the file.
        keep_in_memory: Receives the contents of a damaged file that its replacement has no room for.
        elapsed: A monotonic clock, in seconds.
        now: The system clock, for the names of damaged files.

    Attributes:
        problem: Why the disk cannot be used; None while it works.
        is_full: Whether the problem is a full disk, or the outbox's own limit.
        damaged_files: Where damaged files were moved to, newest last.
    """

    def __init__(
        self,
        path: Path,
        limit_bytes: int,
        *,
        keep_in_memory: Callable[[Recovered], None],
        elapsed: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self.path = path
        self.problem: str | None = None
        self.is_full = False
        self.damaged_files: list[Path] = []
        self._limit_bytes = limit_bytes
        self._keep_in_memory = keep_in_memory
        self._elapsed = elapsed
        self._now = now
        self._lock = OutboxLock(path)
        self._reserve = DiskReserve(path, limit_bytes)
        self._outbox: SqliteOutbox | None = None
        self._failed_at: float | None = None

    def open(self) -> None:
        """Lock and open the file. A disk failure is recorded in `problem`, and `run` tries again later.

        Raises:
            OutboxInUseError: Another worker uses the file.
            OutboxUnusableError: The path cannot be an outbox.
        """
        try:
            self._open()
        except StorageError as error:
            self.record_failure(error)

    def run(self, operation: Callable[[SqliteOutbox], T], *, frees_space: bool = False) -> T:
        """Run an operation on the file; replace the file first when it is damaged.

        Args:
            operation: The operation.
            frees_space: It removes rows, so on a full disk it may use the reserve.

        Raises:
            StorageError: The disk fails, or has failed within the last `RETRY_PAUSE_S`.
        """
        try:
            try:
                return self._run(operation)
            except StorageError as error:
                if not (error.is_full and self._make_room(use_reserve=frees_space)):
                    raise
            return self._run(operation)
        except StorageError as error:
            self.record_failure(error)
            raise

    def record_failure(self, error: StorageError) -> None:
        """Record and log a disk failure; close the file if it must be opened again."""
        if str(error) != self.problem:
            log.error("%s; counting continues", error)
        self.problem, self.is_full = str(error), error.is_full
        self._failed_at = self._elapsed()
        if error.reopen:
            self._close_database()

    def retry_now(self) -> None:
        """Access the disk again with the next operation, without waiting for the end of `RETRY_PAUSE_S`."""
        self._failed_at = None

    def clear_problem(self) -> None:
        """Report that the disk works again."""
        if self.problem:
            log.info("the outbox %s works again", self.path)
            self.problem, self.is_full = None, False
            if self._outbox is not None:
                self._outbox.set_growth(allowed=self._reserve.allocate())

    def close(self) -> None:
        """Close the file and release its lock."""
        self._close_database()
        self._lock.release()

    # -- internal ----------------------------------------------------------------------------------------------------

    def _run(self, operation: Callable[[SqliteOutbox], T]) -> T:
        try:
            return operation(self._available())
        except OutboxCorruptError as error:
            self._replace_damaged(error)
        try:
            return operation(self._available())
        except OutboxCorruptError as error:
            raise StorageError(f"{error}, and so is its replacement: check the disk or SD card") from error

    def _available(self) -> SqliteOutbox:
        if self._outbox is not None:
            return self._outbox
        if self._failed_at is not None and self._elapsed() - self._failed_at < RETRY_PAUSE_S:
            raise StorageError(self.problem or f"the outbox {self.path} is not open")
        try:
            return self._open()
        except (OutboxInUseError, OutboxUnusableError) as error:
            raise StorageError(str(error)) from error

    def _open(self) -> SqliteOutbox:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise OutboxUnusableError(
                f"the outbox {self.path} cannot be created: a part of its path is a file"
            ) from None
        except OSError as error:
            raise StorageError(f"the folder of the outbox {self.path} cannot be created: {error.strerror}") from error
        self._lock.acquire()
        try:
            self._outbox = SqliteOutbox.open(self.path, self._limit_bytes)
        except OutboxCorruptError as error:
            self._replace_damaged(error)
        if self._outbox is None:
            raise StorageError(f"the outbox {self.path} is not open")
        self._outbox.set_growth(allowed=self._reserve.allocate())
        return self._outbox

    def _make_room(self, *, use_reserve: bool) -> bool:
        """Empty the write-ahead log, with the reserve of the disk if need be; return whether that succeeded."""
        if self._outbox is None:
            return False
        try:
            self._outbox.checkpoint()
        except StorageError:
            if not use_reserve or not self._reserve.release():
                return False
            log.warning("the disk is full; the outbox %s uses its reserve to remove what is delivered", self.path)
            with suppress(StorageError):
                self._outbox.checkpoint()
                self._outbox.set_growth(allowed=False)
        return True

    def _replace_damaged(self, error: OutboxCorruptError) -> None:
        self._close_database()
        if len(self.damaged_files) >= MAX_DAMAGED_FILES:
            raise StorageError(f"the outbox {self.path} is damaged again and again: replace the disk or SD card")
        damaged = move_damaged_file(self.path, self._now())
        self.damaged_files.append(damaged)
        try:
            replacement = SqliteOutbox.open(self.path, self._limit_bytes)
        except OutboxCorruptError as again:
            raise StorageError(f"{again}, and so is its replacement: check the disk or SD card") from again
        recovered = recover(damaged)
        self._outbox = replacement
        try:
            replacement.import_recovered(recovered)
        except StorageError as full:
            self.record_failure(full)
            self._keep_in_memory(recovered)
        log.error(
            "%s; it was moved to %s, and %d of its events and %d of its dead letters were recovered",
            error,
            damaged,
            len(recovered.portion.events),
            len(recovered.portion.dead_letters),
        )

    def _close_database(self) -> None:
        if self._outbox is not None:
            self._outbox.close()
            self._outbox = None


def move_damaged_file(path: Path, now: datetime) -> Path:
    """Rename a damaged outbox and its WAL files; return the new path.

    Raises:
        StorageError: The files cannot be renamed.
    """
    damaged = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}")
    number = 1
    while damaged.exists():
        number += 1
        damaged = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}-{number}")
    try:
        for suffix in ("", *_WAL_SUFFIXES):
            file = path.with_name(path.name + suffix)
            if file.exists():
                file.rename(damaged.with_name(damaged.name + suffix))
    except OSError as error:
        raise StorageError(f"the damaged outbox {path} cannot be renamed: {error.strerror}") from error
    return damaged
