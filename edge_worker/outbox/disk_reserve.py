"""Space on the disk that an outbox gives up when the disk is full, so that delivered events can be removed.

Removing a row writes to the write-ahead log first. On a full disk the log cannot grow and cannot be merged into the
file, so without a reserve an outbox that filled its disk would stay full for ever. After its use the outbox does not
grow until there is room for a new reserve.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from shutil import disk_usage

RESERVE_BYTES = 512 << 10
MIN_LIMIT_BYTES = 4 * RESERVE_BYTES
"""A smaller outbox has no reserve: it reaches its own limit before it fills a disk."""


class DiskReserve:
    """A file beside the outbox whose only purpose is its size.

    Args:
        outbox: The path of the outbox.
        limit_bytes: The largest size of the outbox.
    """

    def __init__(self, outbox: Path, limit_bytes: int) -> None:
        self._path = outbox.with_name(outbox.name + ".reserve")
        self._is_wanted = limit_bytes >= MIN_LIMIT_BYTES

    def allocate(self) -> bool:
        """Allocate the reserve unless it exists; return False if that would leave the disk with less than its size."""
        if not self._is_wanted or self._path.exists():
            return True
        try:
            if disk_usage(self._path.parent).free < 2 * RESERVE_BYTES:
                return False
            with self._path.open("wb") as file:
                file.write(bytes(RESERVE_BYTES))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            self.release()
            return False
        return True

    def release(self) -> bool:
        """Give up the reserve and return whether there was one."""
        with suppress(OSError):
            self._path.unlink()
            return True
        return False
