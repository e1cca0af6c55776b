"""The dead letters in the database of an outbox. The caller begins and commits the transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from edge_worker.outbox.records import DeadLetter
from edge_worker.outbox.schema import EVENT_COLUMNS, event_from_row

_ADD = f"insert or ignore into dead_letters select {EVENT_COLUMNS}, ?, ? from events where event_id = ?"
_OLDEST = f"select {EVENT_COLUMNS}, reason, at from dead_letters order by ts limit ?"
_RETRY = f"insert or ignore into events select {EVENT_COLUMNS} from dead_letters where event_id = ?"
_DELETE = "delete from dead_letters where event_id = ?"
_SUBTRACT = """
insert into cameras (camera_id, total_in, total_out)
  select camera_id, -(direction = 'IN'), -(direction = 'OUT') from dead_letters where event_id = ?
on conflict (camera_id) do update set
  total_in = total_in + excluded.total_in, total_out = total_out + excluded.total_out
"""


def add(connection: sqlite3.Connection, event_id: str, reason: str, at: str) -> None:
    """Store a dead letter for an event that waits; ignore an unknown id. The event stays where it is."""
    connection.execute(_ADD, (reason, at, event_id))


def oldest(connection: sqlite3.Connection, limit: int) -> list[DeadLetter]:
    """Return at most ``limit`` dead letters, oldest first."""
    found = connection.execute(_OLDEST, (limit,))
    return [DeadLetter(event_from_row(row[:6]), row[6], row[7]) for row in found]


def retry(connection: sqlite3.Connection, event_ids: Sequence[str] | None) -> int:
    """Move dead letters (None: all) back to the events, unchanged; return how many."""
    if event_ids is None:
        event_ids = [row[0] for row in connection.execute("select event_id from dead_letters")]
    moved = 0
    for event_id in event_ids:
        connection.execute(_RETRY, (event_id,))
        moved += connection.execute(_DELETE, (event_id,)).rowcount
    return moved


def discard(connection: sqlite3.Connection, event_ids: Sequence[str]) -> int:
    """Remove dead letters for good, also from the totals; return how many."""
    count = 0
    for event_id in event_ids:
        connection.execute(_SUBTRACT, (event_id,))
        count += connection.execute(_DELETE, (event_id,)).rowcount
    return count
