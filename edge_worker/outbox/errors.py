"""Errors of the outbox.

OutboxError
├── OutboxUnusableError   the path cannot be an outbox (a folder, another program's database, a newer version)
├── OutboxInUseError      another worker holds it
├── OutboxCorruptError    the file is damaged
└── StorageError          the disk cannot store it: full, read-only, not permitted, failing
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from edge_worker.errors import EdgeError

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class OutboxError(EdgeError):
    """Base class of the outbox errors."""


class OutboxUnusableError(OutboxError):
    """The path cannot be an outbox."""


class OutboxInUseError(OutboxError):
    """Another worker holds the outbox."""


class OutboxCorruptError(OutboxError):
    """The file is damaged: SQLite cannot read it."""


class StorageError(OutboxError):
    """The disk cannot store it. The caller still has the data.

    Attributes:
        reopen: Whether the file must be opened again. A full disk can still be read, and delivering events frees space.
        is_full: Whether the disk is full, or the outbox has reached its own limit.
    """

    exit_code = 3

    def __init__(self, message: str, *, reopen: bool = True, is_full: bool = False) -> None:
        super().__init__(message)
        self.reopen = reopen
        self.is_full = is_full


def translated(error: sqlite3.Error, path: Path | None) -> OutboxError:
    """Return the outbox error for an error of SQLite; ``path`` is None for an outbox in memory."""
    where = str(path) if path else "in memory"
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in _DAMAGED:
        return OutboxCorruptError(f"the outbox {where} is damaged ({error})")
    if code == sqlite3.SQLITE_FULL:
        return StorageError(
            f"the outbox {where} cannot grow: the disk is full, or the outbox's own limit is reached; free some space",
            reopen=False,
            is_full=True,
        )
    if code == sqlite3.SQLITE_READONLY:
        return StorageError(f"the outbox {where} is on a read-only disk: remount it or choose another --outbox")
    if code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}:
        return StorageError(f"the outbox {where} cannot be opened: check that the folder exists and may be written to")
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StorageError(
            f"the outbox {where} is locked by another program: close whatever has it open", reopen=False
        )
    return StorageError(f"the disk under the outbox {where} fails ({error}): check the disk or SD card")
