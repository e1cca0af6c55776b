"""Repository of the newest crossings of a camera."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from db.timescale.tables import camera_lines, events
from functions.common.database import Connection
from functions.common.identity import Superadmin


@dataclass(frozen=True, slots=True)
class CrossingRow:
    """A row of `events`: a crossing, and when it was stored."""

    event_id: UUID
    direction: str
    ts: datetime
    received_at: datetime


_COLUMNS = tuple(events.c[field.name] for field in fields(CrossingRow))


def get_clock(connection: Connection, _admin: Superadmin) -> datetime:
    """Return the time of the database, whose clock sets `received_at`."""
    now: datetime = connection.execute(select(func.now())).scalar_one()
    return now


def list_crossings(
    connection: Connection,
    _admin: Superadmin,
    camera_id: UUID,
    *,
    since: datetime,
    stored_after: datetime | None,
    limit: int,
) -> list[CrossingRow]:
    """Return the crossings of a camera from `since` on that were stored after `stored_after`, stored last first.

    `since` limits the rows that are read: there is no index on `received_at`.
    """
    statement = select(*_COLUMNS).where(events.c.camera_id == camera_id, events.c.ts >= since)
    if stored_after is not None:
        statement = statement.where(events.c.received_at > stored_after)
    statement = statement.order_by(events.c.received_at.desc(), events.c.ts.desc(), events.c.event_id).limit(limit)
    return [CrossingRow(**row) for row in connection.execute(statement).mappings()]


def get_last_crossing(connection: Connection, _admin: Superadmin, camera_id: UUID, since: datetime) -> datetime | None:
    """Return the time of the last crossing of a camera from `since` on, or None without one."""
    statement = select(func.max(events.c.ts)).where(events.c.camera_id == camera_id, events.c.ts >= since)
    last: datetime | None = connection.execute(statement).scalar_one()
    return last


def get_line_start(connection: Connection, _admin: Superadmin, camera_id: UUID, version: int) -> datetime:
    """Return when a version of the line of a camera was set."""
    statement = select(camera_lines.c.valid_from).where(
        camera_lines.c.camera_id == camera_id, camera_lines.c.version == version
    )
    start: datetime = connection.execute(statement).scalar_one()
    return start
