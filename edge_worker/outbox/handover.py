"""Everything that waits in one outbox, on its way into another."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from edge_worker.outbox import rows
from edge_worker.outbox.records import DeadLetter, Event, Minute


@dataclass(frozen=True, slots=True)
class Contents:
    """What an outbox holds (or a portion of it), apart from the cached config.

    Attributes:
        totals: (camera_id, in, out) of each camera.
        delivered: how many events it has seen delivered.
    """

    events: Sequence[Event] = ()
    minutes: Sequence[Minute] = ()
    dead: Sequence[DeadLetter] = ()
    totals: Sequence[tuple[str, int, int]] = ()
    delivered: int = 0


MOST_EVENTS = 100
"""Events of one portion: a disk that is nearly full takes some portions, if not all."""


def read(connection: sqlite3.Connection) -> Contents:
    """A portion: the oldest events, and everything else."""
    events = connection.execute(f"select {rows.EVENT_COLUMNS} from events order by ts limit {MOST_EVENTS}")  # noqa: S608
    return Contents(
        events=[rows.event(row) for row in events],
        minutes=[Minute(*row) for row in connection.execute(f"select {rows.MINUTE_COLUMNS} from minutes")],  # noqa: S608
        dead=[
            DeadLetter(rows.event(row[:6]), row[6], row[7])
            for row in connection.execute(f"select {rows.EVENT_COLUMNS}, reason, at from dead_letters")  # noqa: S608
        ],
        totals=connection.execute("select camera_id, total_in, total_out from cameras").fetchall(),
        delivered=connection.execute("select delivered from progress").fetchone()[0],
    )


def write(connection: sqlite3.Connection, contents: Contents) -> None:
    """Adds to what is there; events that are there already stay as they are."""
    connection.executemany(rows.INSERT_EVENT, [rows.of_event(event) for event in contents.events])
    connection.executemany(
        "insert or ignore into dead_letters values (?, ?, ?, ?, ?, ?, ?, ?)",
        [(*rows.of_event(letter.event), letter.reason, letter.at) for letter in contents.dead],
    )
    connection.executemany(rows.ADD_MINUTE, [rows.of_minute(minute) for minute in contents.minutes])
    connection.executemany(rows.ADD_TOTALS, contents.totals)
    connection.execute("update progress set delivered = delivered + ?", (contents.delivered,))


def forget(connection: sqlite3.Connection, contents: Contents) -> None:
    """Removes a portion that `read` gave and another outbox has."""
    connection.executemany("delete from events where event_id = ?", [(event.event_id,) for event in contents.events])
    for table in ("minutes", "dead_letters"):
        connection.execute(f"delete from {table}")  # noqa: S608
    connection.execute("update cameras set total_in = 0, total_out = 0")
    connection.execute("update progress set delivered = 0")
