"""An outbox in SQLite, in a file or in memory. Every method is one transaction."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Self

from edge_worker.outbox import dead_letters as dead_letters_table
from edge_worker.outbox import events as events_table
from edge_worker.outbox import minutes as minutes_table
from edge_worker.outbox import schema, transfer
from edge_worker.outbox.errors import OutboxUnusableError, StorageError, translated
from edge_worker.outbox.protocol import Outbox
from edge_worker.outbox.records import Backlog, CachedConfig, DeadLetter, Event, Minute, Settlement, Totals
from edge_worker.outbox.recovery import Recovered

DEFAULT_LIMIT_BYTES = 1 << 30
"""1 GiB: about four million crossings, years of a busy door without a network."""
SMALLEST_PAGES = 64
"""A file that must not grow can still have this many pages (256 KB)."""
SLOW_COUNT_S = 0.02
COUNT_SHARE = 0.02
"""Once ``count(*)`` takes longer than `SLOW_COUNT_S`, at most this share of the time is spent on it."""


class SqliteOutbox(Outbox):
    """An `Outbox` in one SQLite database. Safe for use by several threads.

    Every method raises `StorageError` when the disk fails and `OutboxCorruptError` when the file is damaged. After
    either, the call has had no effect.

    Example:
        >>> with SqliteOutbox.in_memory() as outbox:
        ...     outbox.add([event])
        ...     outbox.settle(Settlement(delivered=(event.event_id,)))
    """

    def __init__(self, path: Path | None, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._mutex = threading.RLock()
        self._count = (0, 0.0, 0.0)
        self._max_pages = int(connection.execute("pragma max_page_count").fetchone()[0])

    @classmethod
    def open(cls, path: Path, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> Self:
        """Open or create the outbox at ``path``.

        Args:
            path: The file.
            limit_bytes: The file never grows beyond this size.

        Raises:
            OutboxUnusableError: The path cannot be an outbox.
            OutboxCorruptError: The file is damaged.
            StorageError: The disk fails.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise OutboxUnusableError(f"the outbox {path} cannot be created: {path.parent} is not a folder") from None
        except OSError as error:
            raise StorageError(f"the folder of the outbox {path} cannot be created: {error.strerror}") from error
        if path.is_dir():
            raise OutboxUnusableError(f"the outbox {path} is a folder: name a file in it, such as {path / 'outbox.db'}")
        return cls(path, cls._connected(path, limit_bytes))

    @classmethod
    def in_memory(cls, limit_bytes: int = 64 << 20) -> Self:
        """Return an outbox in memory, which ends with the process."""
        return cls(None, cls._connected(None, limit_bytes))

    @staticmethod
    def _connected(path: Path | None, limit_bytes: int) -> sqlite3.Connection:
        try:
            return schema.connect(path, limit_bytes)
        except schema.ForeignDatabaseError as error:
            raise OutboxUnusableError(f"{path} is {error}: choose another --outbox") from None
        except sqlite3.Error as error:
            raise translated(error, path) from error
        except OSError as error:
            raise StorageError(f"the outbox {path} cannot be opened: {error.strerror}") from error

    def checkpoint(self) -> None:
        """Merge the write-ahead log into the file and empty it."""
        with self._read() as connection:
            connection.execute("pragma wal_checkpoint(truncate)").fetchall()

    def set_growth(self, *, allowed: bool) -> None:
        """Let the file grow to its limit, or keep it at its present size: then new rows only take freed pages."""
        with self._read() as connection:
            pages = int(connection.execute("pragma page_count").fetchone()[0])
            largest = self._max_pages if allowed else max(pages, SMALLEST_PAGES)
            connection.execute(f"pragma max_page_count = {largest}")

    def close(self) -> None:
        """Close the database; the last connection to a file merges the write-ahead log into it."""
        with self._mutex:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- crossings ---------------------------------------------------------------------------------------------------

    def add(self, events: Sequence[Event]) -> None:
        """Store events and count them in the totals, in one transaction; ignore events that are stored already."""
        with self._transaction() as connection:
            events_table.add(connection, events)

    def due(self, limit: int, until: str) -> list[Event]:
        """Return at most ``limit`` events with ``ts <= until`` whose store is known, oldest first."""
        with self._read() as connection:
            return events_table.due(connection, limit, until)

    def settle(self, settlement: Settlement) -> None:
        """Remove delivered events and turn refused ones into dead letters; ignore unknown ids."""
        with self._transaction() as connection:
            events_table.settle(connection, settlement)

    def backlog(self) -> Backlog:
        """Return how much waits for delivery.

        ``oldest`` and whether anything waits are exact. In a very large outbox the number of events may be some
        seconds old, so that reading it twice a second does not slow the worker down.
        """
        with self._read() as connection:
            oldest = connection.execute("select min(ts) from events").fetchone()[0]
            events = 0 if oldest is None else max(self._count_events(connection), 1)
            dead, oldest_dead = connection.execute("select count(*), min(ts) from dead_letters").fetchone()
            minutes = connection.execute("select count(*) from minutes").fetchone()[0]
            delivered = connection.execute("select delivered from progress").fetchone()[0]
        return Backlog(
            events=events, oldest=oldest, dead=dead, oldest_dead=oldest_dead, minutes=minutes, delivered=delivered
        )

    def _count_events(self, connection: sqlite3.Connection) -> int:
        count, counted_at, took_s = self._count
        began = monotonic()
        if took_s > SLOW_COUNT_S and began - counted_at < took_s / COUNT_SHARE:
            return count
        count = int(connection.execute("select count(*) from events").fetchone()[0])
        self._count = (count, began, monotonic() - began)
        return count

    def totals(self, camera_id: str) -> Totals:
        """Return the crossings of a camera since the outbox was created."""
        with self._read() as connection:
            row = connection.execute(schema.SELECT_TOTALS, (camera_id,)).fetchone()
        return Totals(*row) if row else Totals()

    def assign_store(self, camera_id: str, store_id: str) -> None:
        """Set the store of a camera's events that were counted before the store was known."""
        with self._transaction() as connection:
            events_table.assign_store(connection, camera_id, store_id)

    # -- dead letters ------------------------------------------------------------------------------------------------

    def dead_letters(self, limit: int = 1000) -> list[DeadLetter]:
        """Return at most ``limit`` dead letters, oldest first."""
        with self._read() as connection:
            return dead_letters_table.oldest(connection, limit)

    def retry_dead_letters(self, event_ids: Sequence[str] | None = None) -> int:
        """Move dead letters (None: all) back to the events, unchanged; return how many."""
        with self._transaction() as connection:
            return dead_letters_table.retry(connection, event_ids)

    def discard_dead_letters(self, event_ids: Sequence[str]) -> int:
        """Remove dead letters for good, also from the totals; return how many."""
        with self._transaction() as connection:
            return dead_letters_table.discard(connection, event_ids)

    def retry_refused_minutes(self) -> int:
        """Move refused minutes back to the minutes, unchanged; return how many."""
        with self._transaction() as connection:
            return minutes_table.retry_refused(connection)

    # -- minutes -----------------------------------------------------------------------------------------------------

    def add_minutes(self, minutes: Sequence[Minute]) -> None:
        """Store minutes; add a minute to the part of the same minute that is stored or was delivered."""
        with self._transaction() as connection:
            minutes_table.add(connection, minutes)

    def due_minutes(self, camera_id: str, limit: int) -> list[Minute]:
        """Return at most ``limit`` minutes of a camera, oldest first."""
        with self._read() as connection:
            return minutes_table.due(connection, camera_id, limit)

    def settle_minutes(self, minutes: Sequence[Minute], refused: Sequence[Minute] = ()) -> None:
        """Remove settled minutes, except those that have grown since they were read, and keep the refused ones.

        A full disk has no room to keep the delivered ones for `add_minutes`; a later part of one is then sent alone.
        """
        with self._transaction() as connection:
            delivered = minutes_table.settle(connection, minutes, refused)
        try:
            with self._transaction() as connection:
                minutes_table.keep_delivered(connection, delivered)
        except StorageError as error:
            if not error.is_full:
                raise

    # -- the config of the camera ------------------------------------------------------------------------------------

    def cached_config(self, camera_id: str) -> CachedConfig | None:
        """Return the last config that the backend sent for a camera."""
        with self._read() as connection:
            row = connection.execute(
                "select config_etag, config, config_from from cameras where camera_id = ? and config is not null",
                (camera_id,),
            ).fetchone()
        return CachedConfig(etag=row[0], body=row[1], api_url=row[2] or "") if row else None

    def cache_config(self, camera_id: str, config: CachedConfig) -> None:
        """Store the config of a camera."""
        with self._transaction() as connection:
            connection.execute(schema.CACHE_CONFIG, (camera_id, config.body, config.etag, config.api_url))

    # -- moving between outboxes ---------------------------------------------------------------------------------------

    def instance_id(self) -> str:
        """Return the id of this outbox, a UUID that was assigned when it was created."""
        with self._read() as connection:
            return str(connection.execute("select instance_id from identity").fetchone()[0])

    def is_empty(self) -> bool:
        """Return whether nothing waits, not even dead letters or minutes."""
        return self.backlog() == Backlog()

    def move_to(self, other: SqliteOutbox) -> None:
        """Move a portion of the contents to ``other``; repeat until `is_empty`.

        If the process ends in between, an event is in both. It has the same id and ts, so the backend counts it once.
        """
        with self._transaction() as connection:
            portion = transfer.read(connection)
            with other._transaction() as other_connection:
                transfer.write(other_connection, portion)
            transfer.remove(connection, portion)

    def import_recovered(self, recovered: Recovered) -> None:
        """Store the contents of a damaged outbox, with its totals and cached configs."""
        with self._transaction() as connection:
            transfer.write(connection, recovered.portion)
            if recovered.instance_id is not None:
                connection.execute("update identity set instance_id = ?", (recovered.instance_id,))
            for camera_id, config in recovered.configs:
                connection.execute(schema.CACHE_CONFIG, (camera_id, config.body, config.etag, config.api_url))

    # -- internal ----------------------------------------------------------------------------------------------------

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        with self._mutex:
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise translated(error, self.path) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._mutex:
            try:
                self._connection.execute("begin immediate")
                try:
                    yield self._connection
                    self._connection.execute("commit")
                except BaseException:
                    if self._connection.in_transaction:
                        self._connection.execute("rollback")
                    raise
            except sqlite3.Error as error:
                raise translated(error, self.path) from error
