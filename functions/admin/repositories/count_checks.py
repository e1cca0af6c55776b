"""Repository of count checks: what a person counted, beside what the camera counted in the same window."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select

from db.timescale.tables import count_checks, events
from functions.common import audit
from functions.common.callers import Superadmin
from functions.common.database import Connection

from .rows import Row, all_rows, one_row

_COLUMNS = (
    count_checks.c.id,
    count_checks.c.store_id,
    count_checks.c.camera_id,
    count_checks.c.window_start,
    count_checks.c.window_end,
    count_checks.c.manual_in,
    count_checks.c.manual_out,
    count_checks.c.counted_in,
    count_checks.c.counted_out,
    count_checks.c.note,
    count_checks.c.created_at,
)


def list_checks(connection: Connection, _admin: Superadmin, camera_id: UUID) -> list[Row]:
    """The last hundred, newest first."""
    statement = select(*_COLUMNS).where(count_checks.c.camera_id == camera_id)
    newest = statement.order_by(count_checks.c.window_start.desc(), count_checks.c.id).limit(100)
    return all_rows(connection, newest)


def create_check(
    connection: Connection,
    admin: Superadmin,
    camera: Row,
    *,
    window: tuple[datetime, datetime],
    manual: tuple[int, int],
    note: str | None,
) -> Row:
    """`window` is half-open; `manual` is IN and OUT. Ours are counted from the stored crossings, now."""
    start, end = window
    counted = connection.execute(
        select(
            func.count().filter(events.c.direction == "IN").label("ins"),
            func.count().filter(events.c.direction == "OUT").label("outs"),
        ).where(events.c.camera_id == camera["id"], events.c.ts >= start, events.c.ts < end)
    ).one()
    row = one_row(
        connection,
        insert(count_checks)
        .values(
            id=uuid4(),
            store_id=camera["store_id"],
            camera_id=camera["id"],
            window_start=start,
            window_end=end,
            manual_in=manual[0],
            manual_out=manual[1],
            counted_in=counted.ins,
            counted_out=counted.outs,
            note=note,
            user_id=admin.user_id,
        )
        .returning(*_COLUMNS),
    )
    audit.record(
        connection,
        admin,
        "count_check.create",
        subject_type="count_check",
        subject_id=row["id"],
        store_id=row["store_id"],
        after=row,
    )
    return row
