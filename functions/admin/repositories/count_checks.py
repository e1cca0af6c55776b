"""Repository of count checks: manual counts beside the stored crossings of the same camera and window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import func, insert, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from db.timescale.tables import count_checks, events, users
from functions.common.database import Connection
from functions.common.identity import Superadmin

MAX_LISTED = 100


@dataclass(frozen=True, slots=True)
class CountCheckRow:
    """A row of `count_checks`, with the address of the superadmin who entered it."""

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
    parts: list[dict[str, Any]] | None
    complete: bool | None
    counted_by: str | None


class CrossingCounts(NamedTuple):
    """Crossings of a window, by direction."""

    ins: int
    outs: int


_COLUMNS = tuple(column for column in count_checks.c if column.name != "user_id")


def list_count_checks(connection: Connection, _admin: Superadmin, camera_id: UUID) -> list[CountCheckRow]:
    """Return the last hundred count checks of a camera, newest window first."""
    statement = (
        select(*_COLUMNS, users.c.email.label("counted_by"))
        .outerjoin(users, users.c.id == count_checks.c.user_id)
        .where(count_checks.c.camera_id == camera_id)
        .order_by(count_checks.c.window_start.desc(), count_checks.c.id)
        .limit(MAX_LISTED)
    )
    return [CountCheckRow(**row) for row in connection.execute(statement).mappings()]


def count_crossings(
    connection: Connection, _admin: Superadmin, camera_id: UUID, bounds: Sequence[datetime]
) -> list[CrossingCounts]:
    """Count the stored crossings of a camera in consecutive half-open windows.

    Args:
        connection: connection of the request.
        camera_id: the camera.
        bounds: start of the first window, and the end of each; ascending.
    """
    number = func.width_bucket(events.c.ts, literal(list(bounds), ARRAY(events.c.ts.type)))
    statement = (
        select(
            number,
            func.count().filter(events.c.direction == "IN"),
            func.count().filter(events.c.direction == "OUT"),
        )
        .where(events.c.camera_id == camera_id, events.c.ts >= bounds[0], events.c.ts < bounds[-1])
        .group_by(number)
    )
    counts = {window: CrossingCounts(ins, outs) for window, ins, outs in connection.execute(statement)}
    return [counts.get(window, CrossingCounts(0, 0)) for window, _ in enumerate(pairwise(bounds), start=1)]


def insert_count_check(
    connection: Connection, admin: Superadmin, store_id: UUID, camera_id: UUID, values: Mapping[str, Any]
) -> CountCheckRow:
    """Insert a count check of the superadmin with these column values."""
    statement = (
        insert(count_checks)
        .values(id=uuid4(), store_id=store_id, camera_id=camera_id, user_id=admin.user_id, **values)
        .returning(*_COLUMNS)
    )
    return CountCheckRow(**connection.execute(statement).mappings().one(), counted_by=admin.email)
