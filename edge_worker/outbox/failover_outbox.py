"""The outbox of a running worker: on disk, and in memory while the disk fails. Its methods do not fail.

A crossing is stored on disk. While the disk cannot store it (full, read-only, failing), the crossing is stored in
memory. It is delivered from there too, and moved to the disk when the disk works again. A crossing is lost, and counted
as lost, only when the memory is full as well or when the process ends before the disk works again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TypeVar

from edge_worker.clock import system_utc
from edge_worker.outbox.errors import StorageError
from edge_worker.outbox.outbox_file import OutboxFile
from edge_worker.outbox.protocol import Outbox
from edge_worker.outbox.records import Backlog, CachedConfig, Event, Minute, Settlement, StorageStatus, Totals
from edge_worker.outbox.recovery import Recovered
from edge_worker.outbox.sqlite_outbox import DEFAULT_LIMIT_BYTES, SqliteOutbox

T = TypeVar("T")
log = logging.getLogger(__name__)

LOG_INTERVAL_S = 60.0
MEMORY_LIMIT_BYTES = 32 << 20
"""About a hundred thousand crossings: days of a busy door."""
UNSETTLED_LIMIT = 20_000
"""Sending stops when this many answers of the backend wait for the disk, because events would be sent again."""

SMALLEST_SETTLEMENT = 25
"""On a full disk a settlement is stored in parts down to this size: each part needs room in the write-ahead log."""


class FailoverOutbox(Outbox):
    """An `Outbox` that uses a file and, while the disk fails, the memory. Safe for use by several threads.

    Args:
        path: The file.
        limit_bytes: The largest size of the file.
        elapsed: A monotonic clock, in seconds.
        now: The system clock.

    Raises:
        OutboxInUseError: Another worker uses the file.
        OutboxUnusableError: The path cannot be an outbox.
    """

    def __init__(
        self,
        path: Path,
        limit_bytes: int = DEFAULT_LIMIT_BYTES,
        *,
        elapsed: Callable[[], float] = monotonic,
        now: Callable[[], datetime] = system_utc,
    ) -> None:
        self._elapsed = elapsed
        self._mutex = threading.RLock()
        self._memory = SqliteOutbox.in_memory(MEMORY_LIMIT_BYTES)
        self._unsettled: list[Settlement] = []
        self._unassigned: dict[str, str] = {}
        self._instance_id: str | None = None
        self._logged_at: float | None = None
        self._lost = 0
        self._ever_unstored = 0
        self._file = OutboxFile(path, limit_bytes, keep_in_memory=self._keep_recovered, elapsed=elapsed, now=now)
        self._file.open()

    # -- crossings ---------------------------------------------------------------------------------------------------

    def add(self, events: Sequence[Event]) -> None:
        """Store events on disk, otherwise in memory; return when that is done."""
        if not events or self._write(lambda disk: disk.add(events)):
            return
        with self._mutex:
            self._ever_unstored += len(events)
            for event in events:
                try:
                    self._memory.add([event])
                except StorageError:
                    self._lost += 1
            self._log_unstored()

    def due(self, limit: int, until: str) -> list[Event]:
        """Return at most ``limit`` events with ``ts <= until``, oldest first, without those already settled."""
        settled = self._settled_ids()
        if len(settled) > UNSETTLED_LIMIT:
            return []
        nothing: list[Event] = []
        events = self._read(lambda disk: disk.due(limit + len(settled), until), nothing)
        events = [*events, *self._memory.due(limit, until)]
        return sorted((event for event in events if event.event_id not in settled), key=lambda event: event.ts)[:limit]

    def settle(self, settlement: Settlement) -> None:
        """Settle events on disk; while the disk fails, remember it in memory (sending again does no harm)."""
        self._memory.settle(settlement)
        with self._mutex:
            self._unsettled.append(settlement)
        self._settle_on_disk()

    def backlog(self) -> Backlog:
        """Return how much waits for delivery, on disk and in memory."""
        backlog = self._read(lambda disk: disk.backlog(), Backlog()) + self._memory.backlog()
        settled = len(self._settled_ids())
        if not settled:
            return backlog
        events = max(backlog.events - settled, 0)
        return replace(backlog, events=events, oldest=backlog.oldest if events else None)

    def totals(self, camera_id: str) -> Totals:
        """Return the crossings of a camera since the outbox was created."""
        return self._read(lambda disk: disk.totals(camera_id), Totals()) + self._memory.totals(camera_id)

    # -- minutes -----------------------------------------------------------------------------------------------------

    def add_minutes(self, minutes: Sequence[Minute]) -> None:
        """Store minutes on disk, otherwise in memory."""
        if not minutes or self._write(lambda disk: disk.add_minutes(minutes)):
            return
        try:
            self._memory.add_minutes(minutes)
        except StorageError:
            log.warning("%d minutes of coverage are lost: neither the disk nor the memory has room", len(minutes))

    def due_minutes(self, camera_id: str, limit: int) -> list[Minute]:
        """Return at most ``limit`` minutes of a camera, those on disk first."""
        nothing: list[Minute] = []
        minutes = self._read(lambda disk: disk.due_minutes(camera_id, limit), nothing)
        return [*minutes, *self._memory.due_minutes(camera_id, limit)][:limit]

    def settle_minutes(self, minutes: Sequence[Minute], refused: Sequence[Minute] = ()) -> None:
        """Remove settled minutes, except those that have grown since they were read; keep refused ones on disk."""
        self._memory.settle_minutes(minutes)
        self._write(lambda disk: disk.settle_minutes(minutes, refused), frees_space=True)

    # -- the config of the camera ------------------------------------------------------------------------------------

    def cached_config(self, camera_id: str) -> CachedConfig | None:
        """Return the last config that the backend sent for a camera."""
        return self._read(lambda disk: disk.cached_config(camera_id), None) or self._memory.cached_config(camera_id)

    def cache_config(self, camera_id: str, config: CachedConfig) -> None:
        """Store the config of a camera."""
        self._write(lambda disk: disk.cache_config(camera_id, config))
        self._memory.cache_config(camera_id, config)

    def assign_store(self, camera_id: str, store_id: str) -> None:
        """Set the store of a camera's events that were counted before the store was known."""
        self._memory.assign_store(camera_id, store_id)
        with self._mutex:
            self._unassigned[camera_id] = store_id
        self._assign_stores_on_disk()

    def instance_id(self) -> str:
        """Return the id of the outbox, the same until the process ends; of the memory if the disk never worked."""
        with self._mutex:
            if self._instance_id is None:
                self._instance_id = self._read(lambda disk: disk.instance_id(), None) or self._memory.instance_id()
            return self._instance_id

    # -- failover ----------------------------------------------------------------------------------------------------

    def storage(self) -> StorageStatus:
        """Return whether the disk works and how many events are not on it."""
        with self._mutex:
            return StorageStatus(
                problem=self._file.problem,
                unstored=self._memory.backlog().events,
                lost=self._lost,
                ever_unstored=self._ever_unstored,
                damaged_files=tuple(self._file.damaged_files),
            )

    def move_to_disk(self) -> None:
        """Move what is in memory to the disk if that works again; cheap, to be called every few seconds."""
        self._settle_on_disk()
        self._assign_stores_on_disk()
        waiting = self._memory.backlog().events
        while not self._memory.is_empty() and self._write(self._memory.move_to):
            pass
        moved = waiting - self._memory.backlog().events
        if moved > 0:
            log.info("%d crossings moved from memory to %s", moved, self._file.path)

    def close(self) -> StorageStatus:
        """Try once more to move everything to the disk, close the outbox and return the final status."""
        with self._mutex:
            self._file.retry_now()
            self.move_to_disk()
            storage = self.storage()
            self._file.close()
            self._memory.close()
            return storage

    # -- internal ----------------------------------------------------------------------------------------------------

    def _write(self, operation: Callable[[SqliteOutbox], object], *, frees_space: bool = False) -> bool:
        """Run an operation on the disk and return whether it succeeded."""
        with self._mutex:
            try:
                self._file.run(operation, frees_space=frees_space)
            except StorageError:
                return False
            # A small write may find room where a crossing did not: the problem ends when no crossing is in memory.
            if self._memory.is_empty():
                self._file.clear_problem()
            self._file.retry_now()
            return True

    def _read(self, operation: Callable[[SqliteOutbox], T], default: T) -> T:
        """Return the result of an operation on the disk, or ``default`` while the disk fails."""
        with self._mutex:
            try:
                return self._file.run(operation)
            except StorageError:
                return default

    def _settled_ids(self) -> frozenset[str]:
        with self._mutex:
            return frozenset().union(*(settlement.event_ids for settlement in self._unsettled))

    def _settle_on_disk(self) -> None:
        with self._mutex:
            while self._unsettled:
                first = self._unsettled[0]
                if self._write(partial(SqliteOutbox.settle, settlement=first), frees_space=True):
                    self._unsettled.pop(0)
                elif self._file.is_full and len(first.event_ids) > SMALLEST_SETTLEMENT:
                    self._unsettled[:1] = first.halves()
                else:
                    return

    def _assign_stores_on_disk(self) -> None:
        with self._mutex:
            for camera_id, store_id in list(self._unassigned.items()):
                if self._write(partial(SqliteOutbox.assign_store, camera_id=camera_id, store_id=store_id)):
                    del self._unassigned[camera_id]

    def _keep_recovered(self, recovered: Recovered) -> None:
        self._memory.import_recovered(recovered)
        self._ever_unstored += len(recovered.portion.events)

    def _log_unstored(self) -> None:
        """Log how many crossings are not on disk, at most once a minute: the log may be on the same full disk."""
        now = self._elapsed()
        if self._logged_at is None or now - self._logged_at >= LOG_INTERVAL_S:
            self._logged_at = now
            unstored = self._memory.backlog().events
            log.error("%d crossings are only in memory, %d are lost: %s", unstored, self._lost, self._file.problem)
