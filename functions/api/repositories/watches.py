"""Which cameras counted for a store, and when; and the cameras it has now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from db.timescale.tables import camera_counting_periods as periods
from db.timescale.tables import cameras
from functions.api.kpi.cells import Watch
from functions.api.kpi.window import Window, quarter_ceil, quarter_floor
from functions.api.kpi.words import Origin
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class StoreWatches:
    """The times in which cameras counted for one store, and where their crossings come from."""

    watches: tuple[Watch, ...] = ()
    origins: frozenset[Origin] = frozenset()


@dataclass(frozen=True, slots=True)
class StoreCamera:
    """A camera that the store has now."""

    camera_id: UUID
    store_id: UUID
    name: str
    is_counting_line: bool
    origin: Origin
    last_seen_at: datetime | None
    delivered_until: datetime | None


def read_watches(
    connection: Connection, asked: Sequence[tuple[ReadableStore, Window]], now: datetime
) -> dict[UUID, StoreWatches]:
    """Per store the counting periods that touch its window.

    A camera that has left the store, or was archived, delivers nothing more for it: all of it has arrived.
    """
    if not asked:
        return {}
    gone = or_(cameras.c.archived_at.is_not(None), cameras.c.store_id != periods.c.store_id)
    statement = (
        select(
            periods.c.store_id,
            periods.c.camera_id,
            periods.c.counts_from,
            periods.c.counts_until,
            case((gone, now), else_=cameras.c.delivered_until).label("delivered_until"),
            cameras.c.origin,
        )
        .join(cameras, cameras.c.id == periods.c.camera_id)
        .where(or_(*(_touches(store, window) for store, window in asked)))
        .order_by(periods.c.camera_id, periods.c.counts_from)
    )
    found: dict[UUID, tuple[list[Watch], set[Origin]]] = {}
    for row in connection.execute(statement):
        watches, origins = found.setdefault(row.store_id, ([], set()))
        watches.append(Watch(row.camera_id, row.counts_from, row.counts_until, row.delivered_until))
        origins.add(Origin(row.origin))
    return {store_id: StoreWatches(tuple(w), frozenset(o)) for store_id, (w, o) in found.items()}


def _touches(store: ReadableStore, window: Window) -> ColumnElement[bool]:
    return and_(
        periods.c.store_id == store.id,
        periods.c.counts_from < window.end,
        or_(periods.c.counts_until.is_(None), periods.c.counts_until > window.start),
    )


def read_cameras(connection: Connection, stores: Sequence[ReadableStore]) -> list[StoreCamera]:
    """The cameras of the stores that are not archived, by name."""
    statement = (
        select(
            cameras.c.id,
            cameras.c.store_id,
            cameras.c.name,
            cameras.c.is_counting_line,
            cameras.c.origin,
            cameras.c.last_seen_at,
            cameras.c.delivered_until,
        )
        .where(cameras.c.store_id.in_([store.id for store in stores]), cameras.c.archived_at.is_(None))
        .order_by(cameras.c.name, cameras.c.id)
    )
    return [
        StoreCamera(
            camera_id=row.id,
            store_id=row.store_id,
            name=row.name,
            is_counting_line=row.is_counting_line,
            origin=Origin(row.origin),
            last_seen_at=row.last_seen_at,
            delivered_until=row.delivered_until,
        )
        for row in connection.execute(statement)
    ]


def read_camera_watch(
    connection: Connection, store: ReadableStore, camera_id: UUID, now: datetime
) -> StoreWatches | None:
    """One camera's time in the store, whether or not it was a counting line; None when it never was in it."""
    is_here = and_(cameras.c.store_id == store.id, cameras.c.archived_at.is_(None))
    statement = (
        select(
            cameras.c.origin,
            cameras.c.created_at,
            cameras.c.archived_at,
            cameras.c.delivered_until,
            (cameras.c.store_id == store.id).label("is_of_store"),
            is_here.label("is_here"),
            func.min(periods.c.counts_from).label("first"),
            func.max(periods.c.counts_until).label("last"),
        )
        .outerjoin(periods, and_(periods.c.camera_id == cameras.c.id, periods.c.store_id == store.id))
        .where(cameras.c.id == camera_id)
        .group_by(cameras.c.id)
    )
    row = connection.execute(statement).one_or_none()
    if row is None or not (row.is_of_store or row.first):
        return None
    since = min(moment for moment in (row.first, row.created_at if row.is_of_store else None) if moment is not None)
    archived_at = row.archived_at if row.is_of_store else None  # what became of it elsewhere is not this store's
    until = None if row.is_here else max(filter(None, (row.last, archived_at, row.first)))
    watch = Watch(
        camera_id,
        quarter_floor(since),
        quarter_ceil(until) if until else None,
        row.delivered_until if row.is_here else now,
    )
    return StoreWatches((watch,), frozenset({Origin(row.origin)}))
