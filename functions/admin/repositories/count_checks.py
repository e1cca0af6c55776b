"""Repository of count checks: manual counts beside the stored crossings of the same camera and window."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select

from db.timescale.tables import count_checks, events
from functions.common.database import Connection
from functions.common.identity import Superadmin

MAX_LISTED = 100


@dataclass(frozen=True, slots=True)
class CountCheckRow:
    """A row of `count_checks`."""

    id: UUID
    store_id: UUID
    camera_id: UUID
    window_start: datetime
    window_end: datetime
    manual_in: int
    manual_out: int
    counted_in: int
    counted_out: int
    note: str | None
    created_at: datetime


class CrossingCounts(NamedTuple):
    """Crossings of a window, by direction."""

    ins: int
    outs: int


_COLUMNS = tuple(count_checks.c[field.name] for field in fields(CountCheckRow))


def list_count_checks(connection: Connection, _admin: Superadmin, camera_id: UUID) -> list[CountCheckRow]:
    """Return the last hundred count checks of a camera, newest window first."""
    statement = (
        select(*_COLUMNS)
        .where(count_checks.c.camera_id == camera_id)
        .order_by(count_checks.c.window_start.desc(), count_checks.c.id)
        .limit(MAX_LISTED)
    )
    return [CountCheckRow(**row) for row in connection.execute(statement).mappings()]


def count_crossings(
    connection: Connection, _admin: Superadmin, camera_id: UUID, start: datetime, end: datetime
) -> CrossingCounts:
    """Count the stored crossings of a camera in [start, end)."""
    statement = select(
        func.count().filter(events.c.direction == "IN"), func.count().filter(events.c.direction == "OUT")
    ).where(events.c.camera_id == camera_id, events.c.ts >= start, events.c.ts < end)
    ins, outs = connection.execute(statement).one()
    return CrossingCounts(ins, outs)


def insert_count_check(
    connection: Connection,
    admin: Superadmin,
    *,
    store_id: UUID,
    camera_id: UUID,
    window_start: datetime,
    window_end: datetime,
    manual: CrossingCounts,
    counted: CrossingCounts,
    note: str | None,
) -> CountCheckRow:
    """Insert a count check of the superadmin."""
    statement = (
        insert(count_checks)
        .values(
            id=uuid4(),
            store_id=store_id,
            camera_id=camera_id,
            window_start=window_start,
            window_end=window_end,
            manual_in=manual.ins,
            manual_out=manual.outs,
            counted_in=counted.ins,
            counted_out=counted.outs,
            note=note,
            user_id=admin.user_id,
        )
        .returning(*_COLUMNS)
    )
    return CountCheckRow(**connection.execute(statement).mappings().one())
