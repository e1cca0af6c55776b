"""Snapshots in a folder instead of an S3 bucket: for an installation on one server.

The setting SNAPSHOT_BUCKET is `file:///folder`. The keys are those of the bucket,
`snapshots/<store>/<camera>/<name>.jpg`. The database has the key of the current snapshot of each camera, so a file that
nobody refers to is never shown.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from .secret import Secret

SCHEME = "file://"
PREFIX = "snapshots/"
_KEY = re.compile(r"snapshots/[0-9a-f-]{36}/[0-9a-f-]{36}/[0-9TZ]{16}-[0-9a-f]{16}\.jpg")


class SnapshotFolder:
    """A folder with snapshots. Several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, bucket: str) -> SnapshotFolder | None:
        """Return the folder that the setting SNAPSHOT_BUCKET names, or None if it names an S3 bucket."""
        return cls(Path(bucket.removeprefix(SCHEME))) if bucket.startswith(SCHEME) else None

    def write(self, key: str, jpeg: bytes) -> None:
        """Store a snapshot: completely, or not at all.

        Raises:
            OSError: the folder cannot be written.
            ValueError: the key is not that of a snapshot.
        """
        path = self._file(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            draft.write_bytes(jpeg)
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise

    def path(self, key: str) -> Path | None:
        """Return the file of a snapshot, or None if there is none."""
        if _KEY.fullmatch(key) is None:
            return None
        path = self._file(key)
        return path if path.is_file() else None

    def older_than(self, limit: datetime) -> Iterator[str]:
        """Yield the keys of the snapshots that were stored before a moment."""
        for path in (self._path / PREFIX).glob("*/*/*"):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < limit:
                yield path.relative_to(self._path).as_posix()

    def of_store(self, store_id: UUID) -> Iterator[str]:
        """Yield the keys of the snapshots of a store."""
        for path in (self._path / PREFIX / str(store_id)).glob("*/*"):
            yield path.relative_to(self._path).as_posix()

    def delete(self, key: str) -> None:
        """Delete a file of the folder. It may be gone already."""
        (self._path / key).unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        if _KEY.fullmatch(key) is None:
            raise ValueError(f"{key!r} is not the key of a snapshot")
        return self._path / key


def sign(key: Secret, snapshot: str, expires: int) -> str:
    """Return the signature of a link to a snapshot: 64 hexadecimal digits.

    Args:
        key: the setting SNAPSHOT_KEY.
        snapshot: the key of the snapshot.
        expires: when the link expires, in seconds since 1970.
    """
    return hmac.digest(key.reveal().encode(), f"metrica snapshot {expires} {snapshot}".encode(), hashlib.sha256).hex()


def is_valid_link(key: Secret, snapshot: str, expires: str, signature: str, now: datetime) -> bool:
    """Return whether a link was signed with this key and has not expired."""
    if not (expires.isascii() and expires.isdecimal() and len(expires) <= 12):
        return False
    expected = sign(key, snapshot, int(expires))
    return hmac.compare_digest(expected.encode(), signature.encode()) and now.timestamp() < int(expires)
