"""The coverage minutes in the database of an outbox. The caller begins and commits the transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from edge_worker.outbox.records import Minute
from edge_worker.outbox.schema import MINUTE_COLUMNS, minute_from_row, minute_row

KEPT_MINUTES = 60
"""Delivered minutes of a camera that are kept, because more frames of them may come: after a restart, a change of the
line, or when the clock was set back."""

_ADD_PART = """
on conflict (camera_id, minute, line_version) do update set
  fps = max(fps, excluded.fps), frames = frames + excluded.frames,
  dropped = dropped + excluded.dropped, reconnects = reconnects + excluded.reconnects
"""
_ADD = f"insert into minutes ({MINUTE_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?) {_ADD_PART}"
_REOPEN = f"""
insert into minutes ({MINUTE_COLUMNS})
  select {MINUTE_COLUMNS} from delivered_minutes where camera_id = ? and minute = ? {_ADD_PART}
"""
_FORGET_DELIVERED = "delete from delivered_minutes where camera_id = ? and minute = ?"
_FORGET_OLD = f"""
delete from delivered_minutes where camera_id = ?1 and minute not in (
  select distinct minute from delivered_minutes where camera_id = ?1 order by minute desc limit {KEPT_MINUTES})
"""
_KEEP_DELIVERED = f"insert or replace into delivered_minutes ({MINUTE_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)"
_KEEP_REFUSED = f"insert or replace into refused_minutes ({MINUTE_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)"
_RETRY_REFUSED = f"insert or ignore into minutes ({MINUTE_COLUMNS}) select {MINUTE_COLUMNS} from refused_minutes"
_DUE = f"select {MINUTE_COLUMNS} from minutes where camera_id = ? order by minute, line_version limit ?"
_DELETE = "delete from minutes where camera_id = ? and minute = ? and frames = ? and line_version = ?"


def add(connection: sqlite3.Connection, minutes: Sequence[Minute]) -> None:
    """Store minutes; add a minute to the stored part of the same minute (after a restart or a clock change).

    Parts that were delivered wait again with it. The backend keeps the largest report of a minute, so each report must
    be of the whole minute.
    """
    for minute in minutes:
        key = (minute.camera_id, minute.minute)
        connection.execute(_REOPEN, key)
        connection.execute(_FORGET_DELIVERED, key)
        connection.execute(_ADD, minute_row(minute))


def due(connection: sqlite3.Connection, camera_id: str, limit: int) -> list[Minute]:
    """Return at most ``limit`` minutes of a camera, oldest first, without dividing the parts of a minute."""
    found = [minute_from_row(row) for row in connection.execute(_DUE, (camera_id, limit + 1))]
    if len(found) <= limit:
        return found
    whole = [minute for minute in found if minute.minute != found[limit].minute]
    return whole or found[:limit]


def settle(connection: sqlite3.Connection, minutes: Sequence[Minute], refused: Sequence[Minute]) -> list[Minute]:
    """Remove settled minutes, except those that have grown since they were read, and keep the refused ones.

    Returns:
        The minutes that were delivered and removed.
    """
    connection.executemany(_KEEP_REFUSED, [minute_row(minute) for minute in refused])
    delivered = []
    for minute in minutes:
        row = minute_row(minute)
        if connection.execute(_DELETE, (row[0], row[1], row[2], row[6])).rowcount and minute not in refused:
            delivered.append(minute)
    return delivered


def keep_delivered(connection: sqlite3.Connection, minutes: Sequence[Minute]) -> None:
    """Keep delivered minutes for `add`, and forget all but the newest `KEPT_MINUTES` of each camera."""
    connection.executemany(_KEEP_DELIVERED, [minute_row(minute) for minute in minutes])
    connection.executemany(_FORGET_OLD, {(minute.camera_id,) for minute in minutes})


def retry_refused(connection: sqlite3.Connection) -> int:
    """Move refused minutes back to the minutes, unchanged; return how many."""
    connection.execute(_RETRY_REFUSED)
    return connection.execute("delete from refused_minutes").rowcount
