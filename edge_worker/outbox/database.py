"""The outbox: one SQLite file, every method one transaction."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Self

from edge_worker.crossing import Direction
from edge_worker.outbox import handover, rows, schema
from edge_worker.outbox.errors import OutboxUnusableError, StorageError, translated
from edge_worker.outbox.records import Backlog, CachedConfig, DeadLetter, Event, Minute, Settlement, Totals

DEFAULT_LIMIT_BYTES = 1 << 30
"""1 GB: about four million crossings, years of a busy door without a network."""


COUNTING_MAY_TAKE_S = 0.02
COUNTING_SHARE = 0.02
"""Of its time an outbox spends at most so much on counting what waits in it, once that takes noticeable time."""


class Outbox:
    """Crossings and minutes that wait for the backend, safe to use from several threads.

    Every method raises a `StorageError` when the disk does not take it and an `OutboxCorruptError` when the file is
    damaged; after either, nothing of that call has happened.

    Example:
        >>> with Outbox.in_memory() as outbox:
        ...     outbox.add([event])
        ...     outbox.settle(Settlement(delivered=(event.event_id,)))
    """

    def __init__(self, path: Path | None, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._mutex = threading.RLock()
        self._count = (0, 0.0, 0.0)

    @classmethod
    def open(cls, path: Path, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> Self:
        """Opens or creates the outbox at ``path``; its file never grows beyond ``limit_bytes``."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise OutboxUnusableError(f"the outbox {path} cannot be made: {path.parent} is not a folder") from None
        except OSError as error:
            raise StorageError(f"the folder of the outbox {path} cannot be made: {error.strerror}") from error
        if path.is_dir():
            raise OutboxUnusableError(f"the outbox {path} is a folder: name a file in it, such as {path / 'outbox.db'}")
        return cls(path, cls._connected(path, limit_bytes))

    @classmethod
    def in_memory(cls, limit_bytes: int = 64 << 20) -> Self:
        """An outbox that lives as long as the process: where crossings wait while the disk is of no use."""
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

    def close(self) -> None:
        """Closes the file; the write-ahead log is merged into it when this was the last connection."""
        with self._mutex:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- crossings ---------------------------------------------------------------------------------------------------

    def add(self, events: Sequence[Event]) -> int:
        """Commits the events and their share of the totals together; returns how many were new to this outbox."""
        with self._transaction() as connection:
            added = [event for event in events if connection.execute(rows.INSERT_EVENT, rows.of_event(event)).rowcount]
            for event in added:
                is_in = event.direction is Direction.IN
                connection.execute(rows.ADD_TOTALS, (event.camera_id, int(is_in), int(not is_in)))
            return len(added)

    def due(self, limit: int, until: str) -> list[Event]:
        """The oldest events with ``ts <= until`` whose store is known, at most ``limit``, oldest first."""
        with self._read() as connection:
            found = connection.execute(
                f"select {rows.EVENT_COLUMNS} from events where ts <= ? and store_id is not null order by ts limit ?",  # noqa: S608
                (until, limit),
            )
            return [rows.event(row) for row in found]

    def settle(self, settlement: Settlement) -> None:
        """Delivered events leave; refused ones become dead letters. Unknown ids are passed over."""
        with self._transaction() as connection:
            before = connection.total_changes
            connection.executemany("delete from events where event_id = ?", [(one,) for one in settlement.delivered])
            delivered = connection.total_changes - before
            connection.execute("update progress set delivered = delivered + ?", (delivered,))
            for event_id, reason in settlement.refused:
                connection.execute(
                    rows.BURY_EVENT,
                    (reason, settlement.at, event_id),
                )
                connection.execute("delete from events where event_id = ?", (event_id,))

    def backlog(self) -> Backlog:
        """What waits. ``oldest`` and whether anything waits are exact.

        In an outbox so large that counting takes time, the number of events may be some seconds old, so that asking
        twice a second does not slow the worker down.
        """
        with self._read() as connection:
            oldest = connection.execute("select min(ts) from events").fetchone()[0]
            events = 0 if oldest is None else max(self._counted(connection), 1)
            dead = connection.execute("select count(*) from dead_letters").fetchone()[0]
            minutes = connection.execute("select count(*) from minutes").fetchone()[0]
            delivered = connection.execute("select delivered from progress").fetchone()[0]
        return Backlog(events=events, oldest=oldest, dead=dead, minutes=minutes, delivered=delivered)

    def _counted(self, connection: sqlite3.Connection) -> int:
        count, counted_at, took_s = self._count
        began = monotonic()
        if took_s > COUNTING_MAY_TAKE_S and began - counted_at < took_s / COUNTING_SHARE:
            return count
        count = int(connection.execute("select count(*) from events").fetchone()[0])
        self._count = (count, began, monotonic() - began)
        return count

    def totals(self, camera_id: str) -> Totals:
        with self._read() as connection:
            row = connection.execute(rows.TOTALS, (camera_id,)).fetchone()
        return Totals(*row) if row else Totals()

    def assign_store(self, camera_id: str, store_id: str) -> None:
        """Events that were counted before the store was known get it now."""
        with self._transaction() as connection:
            connection.execute(
                "update events set store_id = ? where camera_id = ? and store_id is null", (store_id, camera_id)
            )

    # -- dead letters ------------------------------------------------------------------------------------------------

    def dead_letters(self, limit: int = 1000) -> list[DeadLetter]:
        with self._read() as connection:
            found = connection.execute(
                f"select {rows.EVENT_COLUMNS}, reason, at from dead_letters order by ts limit ?",  # noqa: S608
                (limit,),
            )
            return [DeadLetter(rows.event(row[:6]), row[6], row[7]) for row in found]

    def revive(self, event_ids: Sequence[str] | None = None) -> int:
        """Puts dead letters (None: all) back among the events, unchanged; returns how many."""
        with self._transaction() as connection:
            if event_ids is None:
                event_ids = [row[0] for row in connection.execute("select event_id from dead_letters")]
            revived = 0
            for event_id in event_ids:
                connection.execute(
                    f"insert or ignore into events select {rows.EVENT_COLUMNS} from dead_letters where event_id = ?",  # noqa: S608
                    (event_id,),
                )
                revived += connection.execute("delete from dead_letters where event_id = ?", (event_id,)).rowcount
            return revived

    # -- minutes -----------------------------------------------------------------------------------------------------

    def add_minutes(self, minutes: Sequence[Minute]) -> None:
        """Commits minutes; a second part of the same minute (a restart, a clock set back) is added to the first."""
        with self._transaction() as connection:
            connection.executemany(rows.ADD_MINUTE, [rows.of_minute(minute) for minute in minutes])

    def due_minutes(self, camera_id: str, limit: int) -> list[Minute]:
        with self._read() as connection:
            found = connection.execute(
                """select camera_id, minute, frames, dropped, fps, reconnects from minutes
                   where camera_id = ? order by minute limit ?""",
                (camera_id, limit),
            )
            return [Minute(*row) for row in found]

    def settle_minutes(self, minutes: Sequence[Minute]) -> None:
        """Delivered minutes leave, unless they have grown since they were read."""
        with self._transaction() as connection:
            connection.executemany(
                "delete from minutes where camera_id = ? and minute = ? and frames = ?",
                [(m.camera_id, m.minute, m.frames) for m in minutes],
            )

    # -- the backend's last word about the camera ----------------------------------------------------------------------

    def cached_config(self, camera_id: str) -> CachedConfig | None:
        with self._read() as connection:
            row = connection.execute(
                "select config_etag, config, config_from from cameras where camera_id = ? and config is not null",
                (camera_id,),
            ).fetchone()
        return CachedConfig(etag=row[0], body=row[1], api_url=row[2] or "") if row else None

    def cache_config(self, camera_id: str, config: CachedConfig) -> None:
        with self._transaction() as connection:
            connection.execute(
                """insert into cameras (camera_id, config, config_etag, config_from) values (?, ?, ?, ?)
                   on conflict (camera_id) do update set config = excluded.config,
                     config_etag = excluded.config_etag, config_from = excluded.config_from""",
                (camera_id, config.body, config.etag, config.api_url),
            )

    # -- moving between outboxes ---------------------------------------------------------------------------------------

    def is_empty(self) -> bool:
        return self.backlog() == Backlog()

    def move_to(self, other: Outbox) -> None:
        """Hands a portion of what is here to ``other`` and forgets it; to be repeated until `is_empty`.

        Should the process die in between, an event is in both: it has the same id and ts, so it counts once.
        """
        with self._transaction() as connection:
            contents = handover.read(connection)
            with other._transaction() as there:
                handover.write(there, contents)
            handover.forget(connection, contents)

    def take_over(self, events: Sequence[Event]) -> None:
        """Takes the events of another outbox; they are not counted into the totals."""
        with self._transaction() as connection:
            handover.write(connection, handover.Contents(events=events))

    # -- inside --------------------------------------------------------------------------------------------------------

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
