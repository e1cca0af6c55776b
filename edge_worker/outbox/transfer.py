"""Move what waits in one outbox into another."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from edge_worker.outbox import minutes, schema
from edge_worker.outbox.records import DeadLetter, Event, Minute

EVENTS_PER_PORTION = 100
"""A disk that is nearly full accepts some portions, if not all."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of the contents of an outbox, without the cached config.

    Attributes:
        totals: (camera_id, in, out) of each camera.
        delivered: Events delivered since the outbox was created.
    """

    events: Sequence[Event] = ()
    minutes: Sequence[Minute] = ()
    dead_letters: Sequence[DeadLetter] = ()
    totals: Sequence[tuple[str, int, int]] = ()
    delivered: int = 0


def read(connection: sqlite3.Connection) -> Portion:
    """Return the oldest events, and everything that is not an event."""
    events = connection.execute(f"select {schema.EVENT_COLUMNS} from events order by ts limit {EVENTS_PER_PORTION}")
    return Portion(
        events=[schema.event_from_row(row) for row in events],
        minutes=[
            schema.minute_from_row(row) for row in connection.execute(f"select {schema.MINUTE_COLUMNS} from minutes")
        ],
        dead_letters=[
            DeadLetter(schema.event_from_row(row[:6]), row[6], row[7])
            for row in connection.execute(f"select {schema.EVENT_COLUMNS}, reason, at from dead_letters")
        ],
        totals=connection.execute("select camera_id, total_in, total_out from cameras").fetchall(),
        delivered=connection.execute("select delivered from progress").fetchone()[0],
    )


def write(connection: sqlite3.Connection, portion: Portion) -> None:
    """Add a portion; events that are stored already stay as they are."""
    connection.executemany(schema.INSERT_EVENT, [schema.event_row(event) for event in portion.events])
    connection.executemany(
        "insert or ignore into dead_letters values (?, ?, ?, ?, ?, ?, ?, ?)",
        [(*schema.event_row(letter.event), letter.reason, letter.at) for letter in portion.dead_letters],
    )
    minutes.add(connection, portion.minutes)
    connection.executemany(schema.ADD_TOTALS, portion.totals)
    connection.execute("update progress set delivered = delivered + ?", (portion.delivered,))


def remove(connection: sqlite3.Connection, portion: Portion) -> None:
    """Remove a portion that another outbox has stored."""
    connection.executemany("delete from events where event_id = ?", [(event.event_id,) for event in portion.events])
    for table in ("minutes", "dead_letters"):
        connection.execute(f"delete from {table}")
    connection.execute("update cameras set total_in = 0, total_out = 0")
    connection.execute("update progress set delivered = 0")
