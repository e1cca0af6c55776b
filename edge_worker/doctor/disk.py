"""The disk under the outbox."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from edge_worker.doctor.check import Check, fail, ok, warn
from edge_worker.outbox.errors import OutboxError, OutboxInUseError
from edge_worker.outbox.lock import OutboxLock
from edge_worker.outbox.sqlite_outbox import SqliteOutbox

SCARCE_BYTES = 1 << 30
FULL_BYTES = 16 << 20


def check_disk(outbox: Path) -> list[Check]:
    """Is there room, may it be written to, and what waits in the outbox?"""
    folder = _nearest(outbox.parent)
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
        return [fail("disk", f"{folder} has {free >> 20} MB left", "free some space: crossings cannot be kept")]
    checks = [ok("disk", f"{folder} has {free >> 30} GB left")]
    if free < SCARCE_BYTES:
        checks = [warn("disk", f"{folder} has {free >> 20} MB left", "free some space before a long outage needs it")]
    return [*checks, *(_outbox(outbox) if outbox.is_file() else [])]


def _outbox(path: Path) -> list[Check]:
    try:
        with SqliteOutbox.open(path) as outbox:
            backlog = outbox.backlog()
    except OutboxError as error:
        return [fail("outbox", str(error), "a worker sets it aside and starts a new one; keep the old for support")]
    found = f"{backlog.events} wait, {backlog.delivered} delivered" + (", in use by a worker" if _in_use(path) else "")
    if backlog.dead:
        return [warn("outbox", f"{found}, {backlog.dead} refused", "metrica-edge outbox dead says why")]
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


def _nearest(folder: Path) -> Path:
    """The folder, or the part of its path that exists already."""
    folder = folder.absolute()
    while not folder.is_dir():
        folder = folder.parent
    return folder
