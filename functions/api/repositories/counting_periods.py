"""The cameras of a store, and the counting periods in which they counted for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select

from db.timescale.tables import camera_counting_periods as periods
from db.timescale.tables import cameras
from functions.api.kpi.buckets import CountingPeriod
from functions.api.kpi.window import Window, quarter_ceil, quarter_floor
from functions.api.repositories.arrays import any_of
from functions.common.cameras import Origin, Picture
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class StoreCountingPeriods:
    """The counting periods of one store.

    Attributes:
        periods: the periods, by camera and start.
        origins: where the crossings of these cameras come from.
    """

    periods: tuple[CountingPeriod, ...] = ()
    origins: frozenset[Origin] = frozenset()


@dataclass(frozen=True, slots=True)
class StoreCamera:
    """A camera that belongs to a store now.

    Attributes:
        camera_id: the camera.
        store_id: the store.
        name: the name of the camera.
        is_counting_line: whether its crossings count for the store now.
        origin: where its crossings come from.
        last_seen_at: when it last reported; None when it never has.
        delivered_until: everything before it has arrived; None when the camera has never reported.
        picture: what its picture shows; None when that is unknown.
    """

    camera_id: UUID
    store_id: UUID
    name: str
    is_counting_line: bool
    origin: Origin
    last_seen_at: datetime | None
    delivered_until: datetime | None
    picture: Picture | None


def counts_at(counting_periods: Iterable[CountingPeriod], camera_id: UUID, at: datetime) -> bool:
    """Return whether a crossing of a camera at a time lies in one of the periods."""
    return any(
        period.camera_id == camera_id
        and period.counts_from <= at
        and (period.counts_until is None or at < period.counts_until)
        for period in counting_periods
    )


def list_counting_periods(
    connection: Connection, store_windows: Sequence[tuple[ReadableStore, Window]], now: datetime
) -> dict[UUID, StoreCountingPeriods]:
    """Return the counting periods that overlap the window of their store, by store.

    A camera that was archived or moved to another store delivers nothing more for this one: everything has arrived.
    """
    if not store_windows:
        return {}
    has_left = or_(cameras.c.archived_at.is_not(None), cameras.c.store_id != periods.c.store_id)
    statement = (
        select(
            periods.c.store_id,
            periods.c.camera_id,
            periods.c.counts_from,
            periods.c.counts_until,
            case((has_left, now), else_=cameras.c.delivered_until).label("delivered_until"),
            cameras.c.origin,
        )
        .join(cameras, cameras.c.id == periods.c.camera_id)
        .where(
            periods.c.store_id == any_of({store.id for store, _ in store_windows}),
            periods.c.counts_from < max(window.end for _, window in store_windows),
            or_(
                periods.c.counts_until.is_(None),
                periods.c.counts_until > min(window.start for _, window in store_windows),
            ),
        )
        .order_by(periods.c.camera_id, periods.c.counts_from)
    )
    windows: dict[UUID, list[Window]] = {}
    for store, window in store_windows:
        windows.setdefault(store.id, []).append(window)
    by_store: dict[UUID, tuple[list[CountingPeriod], set[Origin]]] = {}
    for row in connection.execute(statement):
        period = CountingPeriod(row.camera_id, row.counts_from, row.counts_until, row.delivered_until)
        if any(_overlaps(period, window) for window in windows[row.store_id]):
            found, origins = by_store.setdefault(row.store_id, ([], set()))
            found.append(period)
            origins.add(Origin(row.origin))
    return {
        store_id: StoreCountingPeriods(tuple(found), frozenset(origins))
        for store_id, (found, origins) in by_store.items()
    }


def _overlaps(period: CountingPeriod, window: Window) -> bool:
    return period.counts_from < window.end and (period.counts_until is None or period.counts_until > window.start)


def list_cameras(connection: Connection, stores: Sequence[ReadableStore]) -> list[StoreCamera]:
    """Return the cameras of the stores that are not archived, by name."""
    statement = (
        select(
            cameras.c.id,
            cameras.c.store_id,
            cameras.c.name,
            cameras.c.is_counting_line,
            cameras.c.origin,
            cameras.c.last_seen_at,
            cameras.c.delivered_until,
            cameras.c.picture,
        )
        .where(cameras.c.store_id == any_of({store.id for store in stores}), cameras.c.archived_at.is_(None))
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
            picture=None if row.picture is None else Picture(row.picture),
        )
        for row in connection.execute(statement)
    ]


def get_camera_period(
    connection: Connection, store: ReadableStore, camera_id: UUID, now: datetime
) -> StoreCountingPeriods | None:
    """Return the time of one camera in the store as one period, whether or not it was a counting line.

    Returns:
        None when the camera has never belonged to the store.
    """
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
    since = min(at for at in (row.first, row.created_at if row.is_of_store else None) if at is not None)
    archived_at = row.archived_at if row.is_of_store else None  # not when another store archived it later
    until = None if row.is_here else max(filter(None, (row.last, archived_at, row.first)))
    period = CountingPeriod(
        camera_id,
        quarter_floor(since),
        quarter_ceil(until) if until else None,
        row.delivered_until if row.is_here else now,
    )
    return StoreCountingPeriods((period,), frozenset({Origin(row.origin)}))
