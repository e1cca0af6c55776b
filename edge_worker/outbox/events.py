"""The events in the database of an outbox. The caller begins and commits the transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from edge_worker.crossing import Direction
from edge_worker.outbox import dead_letters
from edge_worker.outbox.records import Event, Settlement
from edge_worker.outbox.schema import ADD_TOTALS, EVENT_COLUMNS, INSERT_EVENT, event_from_row, event_row

_DUE = f"select {EVENT_COLUMNS} from events where ts <= ? and store_id is not null order by ts limit ?"
_DELETE = "delete from events where event_id = ?"
_ASSIGN_STORE = "update events set store_id = ? where camera_id = ? and store_id is null"


def add(connection: sqlite3.Connection, events: Sequence[Event]) -> None:
    """Store events and count them in the totals; ignore events that are stored already."""
    for event in events:
        if connection.execute(INSERT_EVENT, event_row(event)).rowcount:
            is_in = event.direction is Direction.IN
            connection.execute(ADD_TOTALS, (event.camera_id, int(is_in), int(not is_in)))


def due(connection: sqlite3.Connection, limit: int, until: str) -> list[Event]:
    """Return at most ``limit`` events with ``ts <= until`` whose store is known, oldest first."""
    return [event_from_row(row) for row in connection.execute(_DUE, (until, limit))]


def settle(connection: sqlite3.Connection, settlement: Settlement) -> None:
    """Remove delivered events and turn refused ones into dead letters; ignore unknown ids."""
    before = connection.total_changes
    connection.executemany(_DELETE, [(event_id,) for event_id in settlement.delivered])
    delivered = connection.total_changes - before
    connection.execute("update progress set delivered = delivered + ?", (delivered,))
    for event_id, reason in settlement.refused:
        dead_letters.add(connection, event_id, reason, settlement.at)
        connection.execute(_DELETE, (event_id,))


def assign_store(connection: sqlite3.Connection, camera_id: str, store_id: str) -> None:
    """Set the store of a camera's events that were counted before the store was known."""
    connection.execute(_ASSIGN_STORE, (store_id, camera_id))
