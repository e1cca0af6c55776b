"""The outbox as the rest of the worker uses it: it does not fail, it says what is wrong.

A crossing goes to the disk. While the disk does not take it (full, read-only, failing), it goes to an outbox in memory,
from where it is delivered all the same and from where it moves to the disk as soon as that works again. Only what
does not even fit there, or is still there when the process ends, is lost, and counted as such.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TypeVar

from edge_worker.outbox.database import DEFAULT_LIMIT_BYTES, Outbox
from edge_worker.outbox.errors import OutboxCorruptError, OutboxInUseError, OutboxUnusableError, StorageError
from edge_worker.outbox.lock import OutboxLock
from edge_worker.outbox.records import Backlog, CachedConfig, Condition, Event, Minute, Settlement, Totals
from edge_worker.outbox.recovery import readable_events, set_aside

T = TypeVar("T")
log = logging.getLogger(__name__)

DISK_RETRY_S = 10.0
"""How long a disk that failed is left alone."""
COMPLAINT_S = 60.0
MEMORY_LIMIT_BYTES = 32 << 20
"""About a hundred thousand crossings: days of a busy door."""
MOST_SET_ASIDE = 5
"""Damaged files of one run: a card that spoils every file must not be filled with them."""
UNSETTLED_LIMIT = 20_000
"""So many answers of the backend may wait for the disk before sending stops (they would only be sent again)."""


class Journal:
    """The outbox on disk, the one in memory behind it, and the lock that keeps a second worker away.

    Raises at construction, and only there:
        OutboxInUseError: another worker has this outbox.
        OutboxUnusableError: the path cannot be an outbox at all.
    """

    def __init__(
        self,
        path: Path,
        limit_bytes: int = DEFAULT_LIMIT_BYTES,
        *,
        elapsed: Callable[[], float] = monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.path = path
        self._limit_bytes = limit_bytes
        self._elapsed = elapsed
        self._now = now
        self._mutex = threading.RLock()
        self._lock = OutboxLock(path)
        self._memory = Outbox.in_memory(MEMORY_LIMIT_BYTES)
        self._disk: Outbox | None = None
        self._problem: str | None = None
        self._failed_at: float | None = None
        self._unsettled: list[Settlement] = []
        self._complained_at: float | None = None
        self._lost = 0
        self._ever_unstored = 0
        self._set_aside: list[Path] = []
        try:
            self._open()
        except StorageError as error:
            self._note(error)

    # -- what the counter hands over ---------------------------------------------------------------------------------

    def record(self, events: Sequence[Event]) -> None:
        """Returns when the events are on disk, or else in memory and reported."""
        if not events or self._write(lambda disk: disk.add(events)):
            return
        with self._mutex:
            self._ever_unstored += len(events)
            for event in events:
                try:
                    self._memory.add([event])
                except StorageError:
                    self._lost += 1
            self._complain()

    def record_minutes(self, minutes: Sequence[Minute]) -> None:
        if not minutes or self._write(lambda disk: disk.add_minutes(minutes)):
            return
        try:
            self._memory.add_minutes(minutes)
        except StorageError:
            log.warning("%d minutes of coverage could be kept nowhere", len(minutes))

    # -- what the uplink takes and gives back ------------------------------------------------------------------------

    def due(self, limit: int, until: str) -> list[Event]:
        """At most ``limit`` events with ``ts <= until``, oldest first, without those that were settled already."""
        settled = self._settled_ids()
        if len(settled) > UNSETTLED_LIMIT:
            return []
        nothing: list[Event] = []
        events = self._ask(lambda disk: disk.due(limit + len(settled), until), nothing)
        events = [*events, *self._memory.due(limit, until)]
        return sorted((event for event in events if event.event_id not in settled), key=lambda e: e.ts)[:limit]

    def settle(self, settlement: Settlement) -> None:
        """Remembers what the backend said; while the disk does not take it, in memory (sending again is harmless)."""
        self._memory.settle(settlement)
        with self._mutex:
            self._unsettled.append(settlement)
        self._settle_on_disk()

    def due_minutes(self, camera_id: str, limit: int) -> list[Minute]:
        nothing: list[Minute] = []
        minutes = self._ask(lambda disk: disk.due_minutes(camera_id, limit), nothing)
        return [*minutes, *self._memory.due_minutes(camera_id, limit)][:limit]

    def settle_minutes(self, minutes: Sequence[Minute]) -> None:
        self._memory.settle_minutes(minutes)
        self._write(lambda disk: disk.settle_minutes(minutes))

    # -- how things stand --------------------------------------------------------------------------------------------

    def backlog(self) -> Backlog:
        backlog = self._ask(lambda disk: disk.backlog(), Backlog()) + self._memory.backlog()
        settled = len(self._settled_ids())
        if not settled:
            return backlog
        events = max(backlog.events - settled, 0)
        return replace(backlog, events=events, oldest=backlog.oldest if events else None)

    def totals(self, camera_id: str) -> Totals:
        return self._ask(lambda disk: disk.totals(camera_id), Totals()) + self._memory.totals(camera_id)

    def condition(self) -> Condition:
        with self._mutex:
            return Condition(
                problem=self._problem,
                unstored=self._memory.backlog().events,
                lost=self._lost,
                ever_unstored=self._ever_unstored,
                set_aside=tuple(self._set_aside),
            )

    # -- the backend's last word about the camera --------------------------------------------------------------------

    def cached_config(self, camera_id: str) -> CachedConfig | None:
        return self._ask(lambda disk: disk.cached_config(camera_id), None) or self._memory.cached_config(camera_id)

    def cache_config(self, camera_id: str, config: CachedConfig) -> None:
        self._write(lambda disk: disk.cache_config(camera_id, config))
        self._memory.cache_config(camera_id, config)

    def assign_store(self, camera_id: str, store_id: str) -> None:
        self._write(lambda disk: disk.assign_store(camera_id, store_id))
        self._memory.assign_store(camera_id, store_id)

    # -- keeping it in order -----------------------------------------------------------------------------------------

    def tend(self) -> None:
        """Moves what is in memory to the disk when that works again; cheap, to be called every few seconds."""
        self._settle_on_disk()
        waiting = self._memory.backlog().events
        while not self._memory.is_empty() and self._write(self._memory.move_to):
            pass
        moved = waiting - self._memory.backlog().events
        if moved > 0:
            log.info("%d crossings moved from memory to %s", moved, self.path)

    def close(self) -> Condition:
        """A last attempt to save what is in memory; then closes everything and returns how it ended."""
        with self._mutex:
            self._failed_at = None
            self.tend()
            ended = self.condition()
            if self._disk is not None:
                self._disk.close()
                self._disk = None
            self._memory.close()
            self._lock.release()
            return ended

    # -- inside ------------------------------------------------------------------------------------------------------

    def _settled_ids(self) -> frozenset[str]:
        with self._mutex:
            return frozenset().union(*(one.event_ids for one in self._unsettled))

    def _settle_on_disk(self) -> None:
        with self._mutex:
            while self._unsettled and self._write(partial(Outbox.settle, settlement=self._unsettled[0])):
                self._unsettled.pop(0)

    def _write(self, action: Callable[[Outbox], object]) -> bool:
        """Whether the disk took it."""
        with self._mutex:
            try:
                self._attempt(action)
            except StorageError as error:
                self._note(error)
                return False
            # A small write may find room where a crossing did not: all is well when no crossing waits for the disk.
            if self._problem and self._memory.is_empty():
                log.info("the outbox %s works again", self.path)
                self._problem = None
            self._failed_at = None
            return True

    def _ask(self, question: Callable[[Outbox], T], otherwise: T) -> T:
        """The disk's answer, or ``otherwise`` when it has none."""
        with self._mutex:
            try:
                return self._attempt(question)
            except StorageError as error:
                self._note(error)
                return otherwise

    def _attempt(self, action: Callable[[Outbox], T]) -> T:
        try:
            return action(self._available())
        except OutboxCorruptError as error:
            self._replace_damaged(error)
        try:
            return action(self._available())
        except OutboxCorruptError as error:
            raise StorageError(f"{error}, and so is its replacement: check the disk or SD card") from error

    def _available(self) -> Outbox:
        if self._disk is not None:
            return self._disk
        if self._failed_at is not None and self._elapsed() - self._failed_at < DISK_RETRY_S:
            raise StorageError(self._problem or f"the outbox {self.path} is not open")
        try:
            return self._open()
        except (OutboxInUseError, OutboxUnusableError) as error:
            raise StorageError(str(error)) from error

    def _open(self) -> Outbox:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            if isinstance(error, FileExistsError | NotADirectoryError):
                raise OutboxUnusableError(f"the outbox {self.path} cannot be made: a part of it is a file") from None
            raise StorageError(f"the folder of the outbox {self.path} cannot be made: {error.strerror}") from error
        self._lock.take()
        try:
            self._disk = Outbox.open(self.path, self._limit_bytes)
        except OutboxCorruptError as error:
            self._replace_damaged(error)
        if self._disk is None:
            raise StorageError(f"the outbox {self.path} is not open")
        return self._disk

    def _replace_damaged(self, error: OutboxCorruptError) -> None:
        if self._disk is not None:
            self._disk.close()
            self._disk = None
        if len(self._set_aside) >= MOST_SET_ASIDE:
            raise StorageError(f"the outbox {self.path} is damaged again and again: replace the disk or SD card")
        aside = set_aside(self.path, self._now())
        self._set_aside.append(aside)
        try:
            fresh = Outbox.open(self.path, self._limit_bytes)
        except OutboxCorruptError as again:
            raise StorageError(f"{again}, and so is its replacement: check the disk or SD card") from again
        saved = readable_events(aside)
        self._disk = fresh
        try:
            fresh.take_over(saved)
        except StorageError as full:
            self._note(full)
            self._memory.take_over(saved)
            self._ever_unstored += len(saved)
        log.error("%s; it was set aside as %s and %d events of it were saved", error, aside, len(saved))

    def _complain(self) -> None:
        """Says how many crossings are not on disk, once a minute at most: the log may be on the same full disk."""
        now = self._elapsed()
        if self._complained_at is None or now - self._complained_at >= COMPLAINT_S:
            self._complained_at = now
            waiting = self._memory.backlog().events
            log.error("%d crossings are in memory only, %d lost: %s", waiting, self._lost, self._problem)

    def _note(self, error: StorageError) -> None:
        if str(error) != self._problem:
            log.error("%s; counting goes on", error)
        self._problem = str(error)
        self._failed_at = self._elapsed()
        if error.reopen and self._disk is not None:
            self._disk.close()
            self._disk = None
