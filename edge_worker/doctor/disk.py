"""Check the disk of the outbox, and the outbox."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from edge_worker.doctor.result import CheckResult, fail, ok, warn
from edge_worker.outbox.errors import OutboxError, OutboxInUseError
from edge_worker.outbox.lock import OutboxLock
from edge_worker.outbox.sqlite_outbox import SqliteOutbox

LOW_BYTES = 1 << 30
FULL_BYTES = 16 << 20


def check_disk(outbox: Path) -> list[CheckResult]:
    """Check that the disk has room and can be written to, and read what waits in the outbox."""
    folder = _existing_folder(outbox.parent)
    free = shutil.disk_usage(folder).free
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        hint = "free some space" if free < FULL_BYTES else "remount it writable, or choose another --outbox"
        return [fail("disk", f"{folder} cannot be written to: {error.strerror}", hint)]
    if free < FULL_BYTES:
        return [fail("disk", f"{folder} has {free >> 20} MB left", "free some space: crossings cannot be stored")]
    checks = [ok("disk", f"{folder} has {free >> 30} GB left")]
    if free < LOW_BYTES:
        checks = [warn("disk", f"{folder} has {free >> 20} MB left", "free some space before a long outage needs it")]
    return [*checks, *(_check_outbox(outbox) if outbox.is_file() else [])]


def _check_outbox(path: Path) -> list[CheckResult]:
    try:
        with SqliteOutbox.open(path) as outbox:
            backlog = outbox.backlog()
    except OutboxError as error:
        return [
            fail(
                "outbox",
                str(error),
                "the worker will replace it and recover what is readable; keep the old file for support",
            )
        ]
    found = f"{backlog.events} wait, {backlog.delivered} delivered" + (", in use by a worker" if _in_use(path) else "")
    if backlog.dead:
        return [warn("outbox", f"{found}, {backlog.dead} refused", "run metrica-edge outbox dead to see why")]
    return [ok("outbox", found)]


def _in_use(path: Path) -> bool:
    lock = OutboxLock(path)
    try:
        lock.acquire()
    except OutboxInUseError:
        return True
    except OutboxError:
        return False
    lock.release()
    return False


def _existing_folder(folder: Path) -> Path:
    """Return the folder, or the nearest parent that exists."""
    folder = folder.absolute()
    while not folder.is_dir():
        folder = folder.parent
    return folder
