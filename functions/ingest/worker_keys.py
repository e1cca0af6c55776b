"""Whose key is it: the store behind an `X-Worker-Key`, and its cameras.

What the database said is believed for `TRUSTED_FOR_S`: a revoked key stops within that, and a busy worker costs one
lookup a minute. The last use is written with the lookup, at most every five minutes.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from functions.common import worker_key
from functions.common.problems import Unauthorized

from .batch import StoreCameras
from .connection import Connection, Database

TRUSTED_FOR_S = 45.0
MOST_REMEMBERED = 256

_LOOK_UP = """
WITH key AS (
    SELECT k.id, k.store_id, k.key_sha256, k.last_used_at
    FROM worker_keys k JOIN stores s ON s.id = k.store_id
    WHERE k.key_sha256 = %(digest)b AND k.revoked_at IS NULL AND s.archived_at IS NULL
), used AS (
    UPDATE worker_keys SET last_used_at = now()
    FROM key WHERE worker_keys.id = key.id
      AND (key.last_used_at IS NULL OR key.last_used_at < now() - interval '5 minutes')
)
SELECT key.key_sha256, key.store_id, c.id, c.archived_at
FROM key LEFT JOIN cameras c ON c.store_id = key.store_id
"""


class BadWorkerKey(Unauthorized):
    type = "bad_worker_key"
    title = "Bad worker key"
    default_detail = "X-Worker-Key is missing, unknown or revoked; ask your administrator for a new one."
    challenge = "WorkerKey"


@dataclass(frozen=True, slots=True)
class _Remembered:
    key_sha256: bytes
    store: StoreCameras
    until: float


class WorkerKeys:
    """Looks keys up, remembering the good ones for less than a minute."""

    def __init__(self, database: Database, now: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._now = now
        self._remembered: dict[bytes, _Remembered] = {}

    def store_of(self, headers: Mapping[str, str], *, again: bool = False) -> StoreCameras:
        """The store a request speaks for; `again` asks the database whatever is remembered.

        Raises BadWorkerKey: the same for a missing, a malformed, an unknown and a revoked key.
        """
        key = headers.get("x-worker-key", "")
        if not worker_key.is_well_formed(key):
            raise BadWorkerKey
        digest = worker_key.digest(key)
        remembered = self._remembered.get(digest)
        if remembered is None or again or self._now() >= remembered.until:
            remembered = self._look_up(digest)
        # The index compared hashes of a 256-bit secret already; this one takes the same time wherever they differ.
        if remembered is None or not hmac.compare_digest(remembered.key_sha256, digest):
            raise BadWorkerKey
        return remembered.store

    def _look_up(self, digest: bytes) -> _Remembered | None:
        asked_at = self._now()
        rows = self._database.run(lambda connection: _read(connection, digest))
        if not rows:
            self._remembered.pop(digest, None)
            return None
        key_sha256, store_id = rows[0][0], rows[0][1]
        cameras = {str(camera_id): archived_at for _, _, camera_id, archived_at in rows if camera_id is not None}
        found = _Remembered(key_sha256, StoreCameras(store_id, cameras), asked_at + TRUSTED_FOR_S)
        while len(self._remembered) >= MOST_REMEMBERED:
            del self._remembered[next(iter(self._remembered))]
        self._remembered[digest] = found
        return found


def _read(connection: Connection, digest: bytes) -> list[tuple[bytes, UUID, UUID | None, datetime | None]]:
    return connection.execute(_LOOK_UP, {"digest": digest}, binary=True).fetchall()
