"""Rows for tests: each makes what it needs and nothing shared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any, Literal, TypeAlias
from uuid import UUID, uuid4

import psycopg

from functions.common.limits import LATE_AFTER
from functions.ingest.late_ranges import insert_late_ranges

Connection: TypeAlias = "psycopg.Connection[Any]"
Direction: TypeAlias = Literal["IN", "OUT"]

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
"""When stores and cameras of tests were made: before any event."""
_numbers = count(1)


@dataclass(frozen=True)
class Event:
    """A crossing to be inserted; `event_id` is random unless given."""

    ts: datetime
    direction: Direction = "IN"
    tracker_id: int | None = None
    event_id: UUID = field(default_factory=uuid4)
    received_at: datetime | None = None


@dataclass(frozen=True)
class Minute:
    """A minute of a camera's coverage."""

    minute: datetime
    frames: int = 600
    dropped: int = 0
    fps: float = 10.0
    reconnects: int = 0


def make_store(
    connection: Connection,
    *,
    name: str | None = None,
    timezone: str = "UTC",
    day_start: time = time(0),
    opening_hours: dict[str, list[list[str]]] | None = None,
    closing_grace_minutes: int | None = None,
    capacity: int | None = None,
    created_at: datetime = LONG_AGO,
    archived_at: datetime | None = None,
) -> UUID:
    """A store of its own. Columns that are None have their defaults.

    Returns:
        its id.
    """
    values = {
        "name": name or f"Store {next(_numbers)}",
        "timezone": timezone,
        "day_start": day_start,
        "opening_hours": None if opening_hours is None else json.dumps(opening_hours),
        "closing_grace_minutes": closing_grace_minutes,
        "capacity": capacity,
        "created_at": created_at,
        "archived_at": archived_at,
    }
    given = {column: value for column, value in values.items() if value is not None}
    names, places = ", ".join(given), ", ".join(f"%({column})s" for column in given)
    row = connection.execute(f"INSERT INTO stores ({names}) VALUES ({places}) RETURNING id".encode(), given).fetchone()
    return _id(row)


def make_camera(
    connection: Connection,
    store_id: UUID,
    *,
    name: str | None = None,
    origin: Literal["camera", "generated", "simulated"] = "camera",
    is_counting_line: bool = True,
    line: Sequence[float] | None = None,
    created_at: datetime = LONG_AGO,
    last_seen_at: datetime | None = None,
    delivered_until: datetime | None = None,
    archived_at: datetime | None = None,
) -> UUID:
    """A camera; its counting period begins at `created_at`.

    Returns:
        its id.
    """
    row = connection.execute(
        "INSERT INTO cameras (store_id, name, origin, is_counting_line, line, created_at, last_seen_at,"
        " delivered_until, archived_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
        [
            store_id,
            name or f"Camera {next(_numbers)}",
            origin,
            is_counting_line,
            None if line is None else list(line),
            created_at,
            last_seen_at,
            delivered_until,
            archived_at,
        ],
    ).fetchone()
    return _id(row)


def make_member(
    connection: Connection, store_id: UUID, *, user_id: UUID | None = None, email: str | None = None
) -> UUID:
    """An owner of the store; the user is made when it is not there.

    Returns:
        the user's id.
    """
    user = user_id or uuid4()
    connection.execute(
        "INSERT INTO users (id, email) VALUES (%s, %s) ON CONFLICT (id) DO NOTHING",
        [user, email or f"owner{next(_numbers)}@example.org"],
    )
    connection.execute("INSERT INTO store_members (store_id, user_id) VALUES (%s, %s)", [store_id, user])
    return user


def make_superadmin(connection: Connection, *, user_id: UUID | None = None, email: str | None = None) -> UUID:
    """A superadmin who has used the admin API before.

    Returns:
        the user's id.
    """
    user = user_id or uuid4()
    connection.execute(
        "INSERT INTO superadmins (user_id, email) VALUES (%s, %s)", [user, email or f"superadmin-{user}@example.org"]
    )
    return user


def insert_events(connection: Connection, store_id: UUID, camera_id: UUID, events: Iterable[Event]) -> int:
    """Crossings of one camera, as ingest writes them (late ones are noted in `late_ranges`).

    Returns:
        how many were new.
    """
    rows = list(events)
    found = connection.execute(
        f"""
        WITH new AS (
          INSERT INTO events (ts, camera_id, store_id, event_id, direction, tracker_id, received_at)
          SELECT ts, %(camera_id)s, %(store_id)s, event_id, direction, tracker_id, coalesce(received_at, now())
          FROM unnest(%(ts)s::timestamptz[], %(event_id)s::uuid[], %(direction)s::text[], %(tracker_id)s::bigint[],
                      %(received_at)s::timestamptz[])
            AS given (ts, event_id, direction, tracker_id, received_at)
          ON CONFLICT DO NOTHING RETURNING store_id, ts
        ), late AS (
          {insert_late_ranges("SELECT store_id, ts FROM new")}
        ) SELECT count(*) FROM new
        """.encode(),
        {
            "camera_id": camera_id,
            "store_id": store_id,
            "late_after": LATE_AFTER,
            "ts": [row.ts for row in rows],
            "event_id": [row.event_id for row in rows],
            "direction": [row.direction for row in rows],
            "tracker_id": [row.tracker_id for row in rows],
            "received_at": [row.received_at for row in rows],
        },
    ).fetchone()
    assert found is not None
    return int(found[0])


def insert_late_range(connection: Connection, store_id: UUID, first: datetime, last: datetime) -> None:
    """Late data of a store in [first, last], as ingest notes it, without the data."""
    connection.execute(
        insert_late_ranges(
            "SELECT %(store_id)s::uuid AS store_id, ts"
            " FROM generate_series(%(first)s, %(last)s, interval '1 hour') AS ts UNION SELECT %(store_id)s, %(last)s"
        ).encode(),
        {"store_id": store_id, "late_after": -timedelta(days=1), "first": first, "last": last},
    )


def insert_minutes(connection: Connection, store_id: UUID, camera_id: UUID, minutes: Iterable[Minute]) -> None:
    """Coverage of one camera, as ingest writes it (late minutes are noted in `late_ranges`)."""
    rows = list(minutes)
    connection.execute(
        f"""
        WITH new AS (
          INSERT INTO camera_minutes (minute, camera_id, store_id, frames, dropped, fps, reconnects)
          SELECT minute, %(camera_id)s, %(store_id)s, frames, dropped, fps, reconnects
          FROM unnest(%(minute)s::timestamptz[], %(frames)s::int[], %(dropped)s::int[], %(fps)s::real[],
                      %(reconnects)s::int[])
            AS given (minute, frames, dropped, fps, reconnects)
          ON CONFLICT DO NOTHING RETURNING store_id, minute
        )
        {insert_late_ranges("SELECT store_id, minute AS ts FROM new")}
        """.encode(),
        {
            "camera_id": camera_id,
            "store_id": store_id,
            "late_after": LATE_AFTER,
            "minute": [row.minute for row in rows],
            "frames": [row.frames for row in rows],
            "dropped": [row.dropped for row in rows],
            "fps": [row.fps for row in rows],
            "reconnects": [row.reconnects for row in rows],
        },
    )


def _id(row: tuple[Any, ...] | None) -> UUID:
    assert row is not None
    found: UUID = row[0]
    return found


def change_store_settings(connection: Connection, store_id: UUID, at: datetime, **changes: Any) -> None:
    """Change settings of a store as if an administrator had changed them at `at`, after all earlier changes.

    Args:
        connection: a connection of the owner of the tables.
        store_id: the store.
        at: the time of the change.
        changes: new values of `timezone`, `day_start`, `opening_hours`, `closing_grace_minutes`, `capacity`.
    """
    columns = ("timezone", "day_start", "opening_hours", "closing_grace_minutes", "capacity")
    newest = f"SELECT {', '.join(columns)} FROM store_settings WHERE store_id = %s ORDER BY valid_from DESC LIMIT 1"
    row = connection.execute(newest.encode(), [store_id]).fetchone()
    assert row is not None
    before = dict(zip(columns, row, strict=True))
    connection.execute(
        "INSERT INTO store_settings"
        " (store_id, valid_from, starts_at, timezone, day_start, opening_hours, closing_grace_minutes, capacity)"
        " SELECT %(store)s, day, starts_at, %(timezone)s, %(day_start)s, %(opening_hours)s, %(closing_grace_minutes)s,"
        " %(capacity)s FROM store_day_at(%(store)s, %(at)s)"
        " ON CONFLICT (store_id, valid_from) DO UPDATE SET timezone = excluded.timezone,"
        " day_start = excluded.day_start, opening_hours = excluded.opening_hours,"
        " closing_grace_minutes = excluded.closing_grace_minutes, capacity = excluded.capacity",
        {"store": store_id, "at": at, **before, **changes, "opening_hours": _json(before | changes)},
    )


def _json(settings: dict[str, Any]) -> str | None:
    hours = settings["opening_hours"]
    return None if hours is None else json.dumps(hours)
