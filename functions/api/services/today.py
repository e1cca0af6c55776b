"""The store-day in progress of one or more stores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from functions.api.kpi.coverage import bucket_state, counted
from functions.api.kpi.occupancy import occupancy_now
from functions.api.kpi.storetime import StoreClock
from functions.api.kpi.window import Window
from functions.api.repositories.watches import StoreCamera, read_cameras
from functions.api.schemas.stores import SparkPoint, Stores, StoreSummary
from functions.api.schemas.values import StoreId
from functions.api.services.cameras import data_complete_until, health_of
from functions.api.services.observation import Asked, Observed, observe
from functions.api.services.settings_of_store import StoreTime, store_time
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class Today:
    """A store's day in progress. The numbers are None when nothing is known of the day."""

    store: ReadableStore
    time: StoreTime
    day: date
    window: Window
    observed: Observed
    cameras: tuple[StoreCamera, ...]
    visitors: int | None
    exits: int | None
    occupancy: int | None

    @property
    def clock(self) -> StoreClock:
        """The store's clock."""
        return self.time.clock


def read_today(connection: Connection, stores: Sequence[ReadableStore], now: datetime) -> list[Today]:
    """The day in progress of each store."""
    asked = []
    for store in stores:
        time = store_time(store)
        asked.append(Asked(store, time, time.clock.day(time.clock.date_of(now))))
    cameras = read_cameras(connection, stores)
    return [
        _today(seen, tuple(camera for camera in cameras if camera.store_id == seen.asked.store.id), now)
        for seen in observe(connection, asked, now)
    ]


def _today(seen: Observed, cameras: tuple[StoreCamera, ...], now: datetime) -> Today:
    past = [cell for cell in seen.cells if cell.end <= now]
    visitors, exits = counted(past)
    known = visitors is not None or bool(seen.resets)
    return Today(
        store=seen.asked.store,
        time=seen.asked.time,
        day=seen.asked.time.clock.date_of(now),
        window=seen.asked.window,
        observed=seen,
        cameras=cameras,
        visitors=visitors,
        exits=exits,
        occupancy=occupancy_now(seen.resets, past) if known else None,
    )


def summarise(connection: Connection, stores: Sequence[ReadableStore], now: datetime) -> Stores:
    """Every store at a glance."""
    return Stores(stores=[_summary(today, now) for today in read_today(connection, stores, now)])


def _summary(today: Today, now: datetime) -> StoreSummary:
    store, clock = today.store, today.clock
    return StoreSummary(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=store.timezone,
        is_open=today.time.opening.is_open(now, clock.zone),
        occupancy=today.occupancy,
        capacity=store.capacity,
        visitors_today=today.visitors,
        exits_today=today.exits,
        sparkline=_sparkline(today),
        data_complete_until=data_complete_until(today.cameras, clock, now),
        health=health_of(today.cameras, clock, now),
        provenance=today.observed.provenance,
    )


def _sparkline(today: Today) -> list[SparkPoint]:
    points = []
    for hour in today.clock.hours(today.window):
        cells = [cell for cell in today.observed.cells if hour.start <= cell.start < hour.end]
        visitors, _ = counted(cells)
        points.append(SparkPoint(start=today.clock.local(hour.start), visitors=visitors, state=bucket_state(cells)))
    return points
