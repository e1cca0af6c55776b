"""The store-day in progress: one store in detail, and all stores of the caller."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from functions.api.kpi.enums import BucketState, OccupancyState
from functions.api.kpi.first_hours import count_hours
from functions.api.kpi.live_occupancy import LiveOccupancy
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.store_day import StoreDayBuckets
from functions.api.kpi.window import Window
from functions.api.repositories.camera_counts import CameraCounts, get_last_crossing_at, read_camera_counts
from functions.api.repositories.counting_periods import StoreCamera, list_cameras
from functions.api.schemas.live import FormerCameras, Live, LiveCamera, StoreDay
from functions.api.schemas.stores import SparkPoint, StorePeriod, Stores, StoreSummary
from functions.api.schemas.types import CameraId, StoreId
from functions.api.services.first_hours import get_first_hours
from functions.api.services.footfall_query import FootfallQuery, FootfallResult, query_footfall
from functions.api.services.live_occupancies import get_live_occupancies
from functions.api.services.store_health import get_data_complete_until, get_store_health
from functions.api.services.store_periods import RequestedStorePeriods, StoreSoFar, get_store_periods
from functions.api.services.store_settings import StoreSettings, parse_store_settings
from functions.common.cameras import camera_status
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class StoreToday:
    """The store-day in progress of one store. A number is None when nothing is known of the day.

    Attributes:
        so_far: the store-day so far; without buckets when it begins now.
        footfall: the footfall of the whole day, or of what follows its first hours.
        cameras: the cameras that the store has now.
        visitors: IN crossings so far.
        exits: OUT crossings so far.
        occupancy: the people inside now.
        occupancy_state: what the occupancy is based on.
        unmatched_exits: OUT crossings so far of people who were not counted inside.
        residual: the people who were not seen leaving until the occupancy ended after closing.
    """

    so_far: StoreDayBuckets
    footfall: FootfallResult
    cameras: tuple[StoreCamera, ...]
    visitors: int | None
    exits: int | None
    occupancy: int | None
    occupancy_state: OccupancyState
    unmatched_exits: int | None
    residual: int | None

    @property
    def store(self) -> ReadableStore:
        """The store."""
        return self.footfall.query.store

    @property
    def settings(self) -> StoreSettings:
        """The settings of the store."""
        return self.footfall.query.settings

    @property
    def clock(self) -> StoreClock:
        """The clock of the store."""
        return self.settings.clock

    @property
    def window(self) -> Window:
        """The whole store-day."""
        return self.footfall.query.window


def get_live(connection: Connection, store: ReadableStore, now: datetime) -> Live:
    """Return the people inside now, the totals of today so far, and the cameras of a store."""
    today = _get_today(connection, [_query_today(store, now)], now)[0]
    clock, so_far = today.clock, today.window.until(now)
    is_open = today.settings.opening_hours.is_open(now)
    counting_periods = today.footfall.counting_periods
    counts = read_camera_counts(connection, store, so_far, counting_periods)
    current = {camera.camera_id for camera in today.cameras}
    former = [of_camera for camera_id, of_camera in counts.items() if camera_id not in current]
    last_crossing_at = get_last_crossing_at(connection, store, so_far, counting_periods)
    resets = today.footfall.resets
    return Live(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=store.timezone,
        as_of=clock.local(now),
        store_day=StoreDay(
            date=today.so_far.day, start=clock.local(today.window.start), end=clock.local(today.window.end)
        ),
        is_open=is_open,
        occupancy=today.occupancy,
        occupancy_state=today.occupancy_state,
        capacity=store.capacity,
        visitors_today=today.visitors,
        exits_today=today.exits,
        unmatched_exits=today.unmatched_exits,
        residual=today.residual,
        balance=today.exits / today.visitors if today.visitors and today.exits is not None else None,
        last_crossing_at=clock.local(last_crossing_at) if last_crossing_at else None,
        last_reset_at=clock.local(resets[-1].at) if resets else None,
        data_complete_until=get_data_complete_until(today.cameras, clock, now),
        health=get_store_health(today.cameras, clock, now, is_open=is_open),
        cameras=[
            _live_camera(camera, counts.get(camera.camera_id, CameraCounts()), clock, now) for camera in today.cameras
        ],
        former_cameras=FormerCameras(
            counted_in=sum(of_camera.counted_ins for of_camera in former),
            counted_out=sum(of_camera.counted_outs for of_camera in former),
        ),
        provenance=today.footfall.provenance,
    )


def list_stores(
    connection: Connection,
    stores: Sequence[ReadableStore],
    now: datetime,
    requested: RequestedStorePeriods | None = None,
) -> Stores:
    """Return the summary of each store.

    Args:
        connection: the connection of the request.
        stores: the stores.
        now: the current time.
        requested: the period whose KPIs are added; None for none.

    Raises:
        Invalid: the day is in the future, or before 2000.
    """
    queries = get_first_hours(connection, [_query_today(store, now) for store in stores], now)
    todays = _get_today(connection, queries, now)
    periods: list[StorePeriod | None] = [None] * len(todays)
    if requested is not None:
        so_far = [StoreSoFar(today.store, today.settings, today.so_far) for today in todays]
        periods = [*get_store_periods(connection, so_far, now, requested)]
    summaries = [_store_summary(today, of_store, now) for today, of_store in zip(todays, periods, strict=True)]
    return Stores(as_of=now, stores=summaries)


def _query_today(store: ReadableStore, now: datetime) -> FootfallQuery:
    settings = parse_store_settings(store)
    return FootfallQuery(store, settings, settings.clock.day_window(settings.clock.date_of(now)))


def _get_today(connection: Connection, queries: Sequence[FootfallQuery], now: datetime) -> list[StoreToday]:
    stores = [query.store for query in queries]
    cameras: dict[UUID, list[StoreCamera]] = {store.id: [] for store in stores}
    for camera in list_cameras(connection, stores):
        cameras[camera.store_id].append(camera)
    results = query_footfall(connection, queries, now)
    days = [result.store_day(result.query.settings.clock.date_of(now), now) for result in results]
    occupancies = get_live_occupancies(connection, list(zip(results, days, strict=True)))
    return [
        _store_today(result, day, occupancy, tuple(cameras[result.query.store.id]))
        for result, day, occupancy in zip(results, days, occupancies, strict=True)
    ]


def _store_today(
    footfall: FootfallResult, day: StoreDayBuckets, occupancy: LiveOccupancy, cameras: tuple[StoreCamera, ...]
) -> StoreToday:
    visitors, exits = day.visitors_and_exits
    is_known = visitors is not None or bool(footfall.resets)
    state = OccupancyState.CLOSED if day.is_empty else OccupancyState.COUNTED
    return StoreToday(
        so_far=day,
        footfall=footfall,
        cameras=cameras,
        visitors=visitors,
        exits=exits,
        occupancy=occupancy.occupancy if is_known else None,
        occupancy_state=state if is_known else OccupancyState.UNKNOWN,
        unmatched_exits=occupancy.unmatched_exits if visitors is not None else None,
        residual=day.residual,
    )


def _live_camera(camera: StoreCamera, counts: CameraCounts, clock: StoreClock, now: datetime) -> LiveCamera:
    return LiveCamera(
        camera_id=CameraId(camera.camera_id),
        name=camera.name,
        is_counting_line=camera.is_counting_line,
        status=camera_status(camera.last_seen_at, now),
        last_seen_at=clock.local(camera.last_seen_at) if camera.last_seen_at else None,
        origin=camera.origin,
        entries=counts.ins,
        exits=counts.outs,
        counted_in=counts.counted_ins,
        counted_out=counts.counted_outs,
    )


def _store_summary(today: StoreToday, period: StorePeriod | None, now: datetime) -> StoreSummary:
    store, clock = today.store, today.clock
    is_open = today.settings.opening_hours.is_open(now)
    return StoreSummary(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=store.timezone,
        is_open=is_open,
        occupancy=today.occupancy,
        occupancy_state=today.occupancy_state,
        capacity=store.capacity,
        visitors_today=today.visitors,
        exits_today=today.exits,
        unmatched_exits=today.unmatched_exits,
        residual=today.residual,
        sparkline=_sparkline(today),
        period=period,
        data_complete_until=get_data_complete_until(today.cameras, clock, now),
        health=get_store_health(today.cameras, clock, now, is_open=is_open),
        provenance=today.footfall.provenance,
    )


def _sparkline(today: StoreToday) -> list[SparkPoint]:
    hours, windows = _hours(today.clock, today.so_far.day)
    first_hours = today.footfall.query.first_hours
    known = first_hours.hours if first_hours is not None else ()
    counted = [*known, *count_hours(today.footfall.buckets, windows[len(known) :])]
    return [_spark_point(hour, visitors, state) for hour, (visitors, state) in zip(hours, counted, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class _Hour:
    """An hour of a store-day. It is kept, and a key by its identity: equal times of two zones are shown differently."""

    local_start: datetime


@lru_cache(maxsize=64)
def _hours(clock: StoreClock, day: date) -> tuple[list[_Hour], Sequence[Window]]:
    """Return the hours of a store-day, and their windows. The stores of a list have few different ones."""
    windows = clock.day_hours(day)
    return [_Hour(clock.local(each.start)) for each in windows], windows


@lru_cache(maxsize=10_000)
def _spark_point(hour: _Hour, visitors: int | None, state: BucketState) -> SparkPoint:
    """Return a point. Points are kept: most hours of most stores have not changed since the last request."""
    return SparkPoint(start=hour.local_start, visitors=visitors, state=state)
