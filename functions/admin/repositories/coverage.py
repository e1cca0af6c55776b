"""Repository of what the cameras have observed in the last days, and of the opening hours of their stores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from db.timescale.tables import cameras, coverage_15m, public_holidays, special_days, stores
from functions.admin.open_times import Schedule
from functions.common.database import Connection
from functions.common.identity import Superadmin


@dataclass(frozen=True, slots=True)
class ScheduledCamera:
    """A camera, its store, and since when it exists."""

    camera_id: UUID
    store_id: UUID
    created_at: datetime


def list_cameras(connection: Connection, _admin: Superadmin) -> list[ScheduledCamera]:
    """Return the cameras of all stores, without archived stores and cameras."""
    statement = (
        select(cameras.c.id, cameras.c.store_id, cameras.c.created_at)
        .join(stores, stores.c.id == cameras.c.store_id)
        .where(cameras.c.archived_at.is_(None), stores.c.archived_at.is_(None))
        .order_by(cameras.c.store_id, cameras.c.created_at, cameras.c.id)
    )
    return [ScheduledCamera(*row) for row in connection.execute(statement)]


def list_schedules(connection: Connection, _admin: Superadmin, since: date) -> dict[UUID, Schedule]:
    """Return the opening hours of the stores that are not archived, with those of special days from a date on."""
    special: Mapping[UUID, dict[date, Sequence[Sequence[str]]]] = defaultdict(dict)
    closed, own = public_holidays.c, special_days.c
    for store_id, day in connection.execute(
        select(closed.store_id, closed.day).where(closed.is_closed, closed.day >= since)
    ):
        special[store_id][day] = ()
    for store_id, day, hours in connection.execute(
        select(own.store_id, own.day, own.opening_hours).where(own.opening_hours.is_not(None), own.day >= since)
    ):
        special[store_id][day] = hours
    columns = stores.c
    statement = select(columns.id, columns.timezone, columns.day_start, columns.opening_hours).where(
        columns.archived_at.is_(None)
    )
    return {
        store_id: Schedule(timezone, day_start, hours, special.get(store_id, {}))
        for store_id, timezone, day_start, hours in connection.execute(statement)
    }


def list_observed(
    connection: Connection, _admin: Superadmin, since: datetime
) -> dict[UUID, list[tuple[datetime, int]]]:
    """Return the quarter-hours from a time on in which each camera observed something, with the minutes of each."""
    quarters = coverage_15m.c
    observed: dict[UUID, list[tuple[datetime, int]]] = defaultdict(list)
    for camera_id, bucket, minutes in connection.execute(
        select(quarters.camera_id, quarters.bucket, quarters.minutes).where(quarters.bucket >= since)
    ):
        observed[camera_id].append((bucket, minutes))
    return observed
