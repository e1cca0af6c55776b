"""Authentication of edge boxes by `X-Worker-Key`: the store of the key, its cameras, and their import windows.

A lookup is cached for `CACHE_S`, so a revoked key stops within that time and a busy worker costs about one lookup per
minute. The lookup also updates `last_used_at`, at most every five minutes.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.common import worker_key
from functions.common.problems import Unauthorized

from .database import Connection, Database
from .event_batch import StoreCameras
from .import_window import ImportWindow

CACHE_S = 45.0
MAX_CACHED_KEYS = 256

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
SELECT key.key_sha256, key.store_id, c.id, c.archived_at, w.window_start, w.window_end, w.expires_at
FROM key
LEFT JOIN cameras c ON c.store_id = key.store_id
LEFT JOIN import_windows w ON w.camera_id = c.id AND w.closed_at IS NULL AND w.expires_at > now()
"""


class BadWorkerKey(Unauthorized):
    """The key is missing, malformed, unknown or revoked: the same response for all."""

    type = "bad_worker_key"
    title = "Bad worker key"
    default_detail = "X-Worker-Key is missing, unknown or revoked. Ask your administrator for a new key."
    challenge = "WorkerKey"


@dataclass(frozen=True, slots=True)
class _CachedKey:
    key_sha256: bytes
    store: StoreCameras
    expires_at: float


class WorkerKeyAuthenticator:
    """Looks worker keys up and caches the valid ones.

    Args:
        database: the database of the process.
        now: monotonic clock, seconds; replaced in tests.
    """

    def __init__(self, database: Database, now: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._now = now
        self._cache: dict[bytes, _CachedKey] = {}

    def authenticate(self, headers: Mapping[str, str], *, refresh: bool = False) -> StoreCameras:
        """Return the store of the key in the request's headers, with its cameras.

        Args:
            headers: headers of the request, by lower-case name.
            refresh: read the database even if the key is cached.

        Raises:
            BadWorkerKey: the key is missing, malformed, unknown or revoked.
        """
        key = headers.get("x-worker-key", "")
        if not worker_key.is_well_formed(key):
            raise BadWorkerKey
        digest = worker_key.digest(key)
        cached = self._cache.get(digest)
        if cached is None or refresh or self._now() >= cached.expires_at:
            cached = self._look_up(digest)
        # The index has already compared the hashes; this comparison takes the same time wherever they differ.
        if cached is None or not hmac.compare_digest(cached.key_sha256, digest):
            raise BadWorkerKey
        return cached.store

    def _look_up(self, digest: bytes) -> _CachedKey | None:
        started_at = self._now()
        rows = self._database.run(lambda connection: _read_key(connection, digest))
        if not rows:
            self._cache.pop(digest, None)
            return None
        key_sha256, store_id = rows[0][0], rows[0][1]
        archived_at: dict[str, datetime | None] = {}
        import_windows: dict[str, list[ImportWindow]] = {}
        for _, _, camera_id, camera_archived_at, window_start, window_end, expires_at in rows:
            if camera_id is not None:
                archived_at[str(camera_id)] = camera_archived_at
            if window_start is not None:
                window = ImportWindow(window_start, window_end, expires_at)
                import_windows.setdefault(str(camera_id), []).append(window)
        store = StoreCameras(store_id, archived_at, import_windows)
        found = _CachedKey(key_sha256, store, started_at + CACHE_S)
        while len(self._cache) >= MAX_CACHED_KEYS:
            del self._cache[next(iter(self._cache))]
        self._cache[digest] = found
        return found


def _read_key(connection: Connection, digest: bytes) -> list[tuple[Any, ...]]:
    return connection.execute(_LOOK_UP, {"digest": digest}, binary=True).fetchall()
