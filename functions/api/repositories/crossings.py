"""The crossings of the day in progress, per camera."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, union_all

from db.timescale.tables import events, footfall_15m
from functions.api.kpi.cells import Watch
from functions.api.kpi.window import Window, quarter_ceil, quarter_floor, tile
from functions.api.repositories.footfall import counted
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class CameraCount:
    """What crossed before one camera, and how much of it counts: happened while it was a counting line."""

    ins: int = 0
    outs: int = 0
    counted_ins: int = 0
    counted_outs: int = 0


def read_camera_counts(
    connection: Connection, store: ReadableStore, window: Window, watches: Sequence[Watch]
) -> dict[UUID, CameraCount]:
    """Per camera its crossings in a window that ends now: whole quarter-hours from the aggregate, the rest raw."""
    f, e = footfall_15m.c, events.c
    whole = Window(quarter_ceil(window.start), max(quarter_ceil(window.start), quarter_floor(window.end)))
    in_bucket, at_moment = (
        counted(at, camera_id, watches, window) for at, camera_id in ((f.bucket, f.camera_id), (e.ts, e.camera_id))
    )
    parts = [
        select(
            f.camera_id,
            func.sum(f.ins).label("ins"),
            func.sum(f.outs).label("outs"),
            func.coalesce(func.sum(f.ins).filter(in_bucket), 0).label("counted_ins"),
            func.coalesce(func.sum(f.outs).filter(in_bucket), 0).label("counted_outs"),
        )
        .where(f.store_id == store.id, f.bucket >= whole.start, f.bucket < whole.end)
        .group_by(f.camera_id)
    ]
    for place in tile(window):
        if place.start < whole.start or place.end > whole.end:
            parts.append(
                select(
                    e.camera_id,
                    func.count().filter(e.direction == "IN"),
                    func.count().filter(e.direction == "OUT"),
                    func.count().filter(e.direction == "IN", at_moment),
                    func.count().filter(e.direction == "OUT", at_moment),
                )
                .where(e.store_id == store.id, e.ts >= place.start, e.ts < place.end)
                .group_by(e.camera_id)
            )
    counts: dict[UUID, CameraCount] = {}
    for row in connection.execute(union_all(*parts)):
        before = counts.get(row.camera_id, CameraCount())
        counts[row.camera_id] = CameraCount(
            before.ins + int(row.ins),
            before.outs + int(row.outs),
            before.counted_ins + int(row.counted_ins),
            before.counted_outs + int(row.counted_outs),
        )
    return counts


def read_last_crossing(
    connection: Connection, store: ReadableStore, window: Window, watches: Sequence[Watch]
) -> datetime | None:
    """The last crossing in a window that counts: one step into the index from its end."""
    e = events.c
    found: datetime | None = connection.execute(
        select(e.ts)
        .where(
            e.store_id == store.id,
            e.ts >= window.start,
            e.ts < window.end,
            counted(e.ts, e.camera_id, watches, window),
        )
        .order_by(e.ts.desc())
        .limit(1)
    ).scalar_one_or_none()
    return found
