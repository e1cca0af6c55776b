"""A damaged outbox is set aside, never deleted, and what can still be read of it goes into a fresh one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from edge_worker.crossing import Direction
from edge_worker.outbox.errors import StorageError
from edge_worker.outbox.records import Event

_COMPANIONS = ("-wal", "-shm")
"""What SQLite keeps beside a database in WAL mode; both belong to the damaged file and would spoil the new one."""


def set_aside(path: Path, now: datetime) -> Path:
    """Renames the damaged outbox and its companions; returns where it is now.

    Raises:
        StorageError: the folder does not allow it.
    """
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}-{number}")
    try:
        for suffix in ("", *_COMPANIONS):
            companion = path.with_name(path.name + suffix)
            if companion.exists():
                companion.rename(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise StorageError(f"the damaged outbox {path} cannot be set aside: {error.strerror}") from error
    return aside


def readable_events(path: Path) -> list[Event]:
    """The events that a damaged outbox still gives away; an empty list when it gives none.

    Rows are checked one by one: a row that is no event is passed over, and the first page that cannot be read ends it.
    Events that were delivered already but could be read again are sent again, which changes nothing.
    """
    return list(_events(path))


def _events(path: Path) -> Iterator[Event]:
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            # Without the index: it may be what is damaged.
            rows = connection.execute(
                "select event_id, ts, camera_id, store_id, direction, tracker_id from events not indexed"
            )
            for event_id, ts, camera_id, store_id, direction, tracker_id in rows:
                try:
                    yield Event(event_id, ts, camera_id, store_id, Direction(direction), tracker_id).validated()
                except (ValueError, TypeError, AttributeError):
                    continue
    except sqlite3.Error:
        return
