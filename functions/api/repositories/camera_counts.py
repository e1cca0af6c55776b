"""The crossings of the store-day in progress: the counts of each camera, and the time of the last crossing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, and_, false, func, or_, select, union_all

from db.timescale.tables import events, footfall_15m
from functions.api.kpi.buckets import CountingPeriod
from functions.api.kpi.window import Window, quarter_ceil, quarter_floor, split_window
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class CameraCounts:
    """The crossings of one camera.

    Attributes:
        ins: all IN crossings.
        outs: all OUT crossings.
        counted_ins: the IN crossings while the camera was a counting line.
        counted_outs: the OUT crossings while the camera was a counting line.
    """

    ins: int = 0
    outs: int = 0
    counted_ins: int = 0
    counted_outs: int = 0


def read_camera_counts(
    connection: Connection, store: ReadableStore, window: Window, counting_periods: Sequence[CountingPeriod]
) -> dict[UUID, CameraCounts]:
    """Return the crossings of each camera in a window.

    Whole quarter-hours come from the aggregate, the rest of the window from the raw events.
    """
    f, e = footfall_15m.c, events.c
    whole = Window(quarter_ceil(window.start), max(quarter_ceil(window.start), quarter_floor(window.end)))
    bucket_counts, event_counts = (
        _in_counting_periods(at, camera_id, counting_periods, window)
        for at, camera_id in ((f.bucket, f.camera_id), (e.ts, e.camera_id))
    )
    selects = [
        select(
            f.camera_id,
            func.sum(f.ins).label("ins"),
            func.sum(f.outs).label("outs"),
            func.coalesce(func.sum(f.ins).filter(bucket_counts), 0).label("counted_ins"),
            func.coalesce(func.sum(f.outs).filter(bucket_counts), 0).label("counted_outs"),
        )
        .where(f.store_id == store.id, f.bucket >= whole.start, f.bucket < whole.end)
        .group_by(f.camera_id)
    ]
    for bucket in split_window(window):
        if bucket.start < whole.start or bucket.end > whole.end:
            selects.append(
                select(
                    e.camera_id,
                    func.count().filter(e.direction == "IN"),
                    func.count().filter(e.direction == "OUT"),
                    func.count().filter(e.direction == "IN", event_counts),
                    func.count().filter(e.direction == "OUT", event_counts),
                )
                .where(e.store_id == store.id, e.ts >= bucket.start, e.ts < bucket.end)
                .group_by(e.camera_id)
            )
    counts: dict[UUID, CameraCounts] = {}
    for row in connection.execute(union_all(*selects)):
        so_far = counts.get(row.camera_id, CameraCounts())
        counts[row.camera_id] = CameraCounts(
            so_far.ins + int(row.ins),
            so_far.outs + int(row.outs),
            so_far.counted_ins + int(row.counted_ins),
            so_far.counted_outs + int(row.counted_outs),
        )
    return counts


def get_last_crossing_at(
    connection: Connection, store: ReadableStore, window: Window, counting_periods: Sequence[CountingPeriod]
) -> datetime | None:
    """Return the time of the last crossing in a window that counts: one step into the index from its end."""
    e = events.c
    last: datetime | None = connection.execute(
        select(e.ts)
        .where(
            e.store_id == store.id,
            e.ts >= window.start,
            e.ts < window.end,
            _in_counting_periods(e.ts, e.camera_id, counting_periods, window),
        )
        .order_by(e.ts.desc())
        .limit(1)
    ).scalar_one_or_none()
    return last


def _in_counting_periods(
    at: Column[Any], camera_id: Column[Any], counting_periods: Iterable[CountingPeriod], window: Window
) -> ColumnElement[bool]:
    """Return the condition that a row lies in a counting period of its camera; false without any period.

    Args:
        at: the start of a bucket, or the time of a crossing. Periods begin and end on quarter-hours, so both work.
        camera_id: the camera of the row.
        counting_periods: the periods.
        window: the window that the statement reads; bounds outside of it are left out.
    """
    whole: list[UUID] = []
    conditions: list[ColumnElement[bool]] = []
    for period in counting_periods:
        bounds = []
        if period.counts_from > window.start:
            bounds.append(at >= period.counts_from)
        if period.counts_until is not None and period.counts_until < window.end:
            bounds.append(at < period.counts_until)
        if bounds:
            conditions.append(and_(camera_id == period.camera_id, *bounds))
        else:
            whole.append(period.camera_id)
    if whole:
        conditions.append(camera_id.in_(whole))
    return or_(*conditions) if conditions else false()
