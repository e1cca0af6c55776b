"""`/stores` is the same, byte for byte, whether or not the first hours of the store-days in progress are stored."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from functions.api.services.first_hours import get_first_hours
from functions.api.services.footfall_query import FootfallQuery
from functions.api.services.store_settings import parse_store_settings
from functions.api.store_days_job import compute_first_hours_of_stores
from functions.common.database import Database
from functions.common.tenancy import list_all_stores
from tests.factories import make_camera
from tests.integration.functions.api.store_days.changes import CHANGES
from tests.integration.functions.api.store_fixture import CreateStore, StoreFixture

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOON = datetime(2026, 11, 18, 12, 0, 0, 250_000, tzinfo=UTC)
ROME = {"timezone": "Europe/Rome"}
OPEN = {day: [["08:00", "20:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


class FirstHoursOfStore:
    """The first hours of one store: compute them, and read the list of stores with and without them."""

    def __init__(self, store: StoreFixture, database: Database) -> None:
        self.store, self.database = store, database

    def compute(self) -> int:
        """Run the job for this store."""
        with self.database.connect() as connection:
            (store,) = (row for row in list_all_stores(connection) if row.id == self.store.store_id)
        return compute_first_hours_of_stores(self.database, [store], self.store.now)

    def until(self) -> datetime | None:
        """Return the end of the first hours that are valid."""
        with self.database.connect() as connection:
            (store,) = (row for row in list_all_stores(connection) if row.id == self.store.store_id)
            settings = parse_store_settings(store)
            window = settings.clock.day_window(settings.clock.date_of(self.store.now))
            (query,) = get_first_hours(connection, [FootfallQuery(store, settings, window)], self.store.now)
        return query.first_hours.until if query.first_hours else None

    def check(self, change: str = "") -> None:
        """Assert that the list of stores does not depend on the first hours."""
        switch = "UPDATE store_first_hours SET formula_version = -formula_version WHERE store_id = %s"
        for query in ({"period": "day"}, {"period": "week"}):
            stored = self.store.get("/stores", **query)
            self.store.connection.execute(switch, [self.store.store_id])
            computed = self.store.get("/stores", **query)
            self.store.connection.execute(switch, [self.store.store_id])
            assert json.dumps(stored) == json.dumps(computed), (change, query)


def fill(store: StoreFixture, seed: int = 1) -> None:
    """Add two cameras with minutes and crossings of the last 20 hours. Some people leave who were not seen coming."""
    draw = random.Random(seed)  # noqa: S311 - a simulation
    for _ in range(2):
        camera = store.add_camera(created_at=store.now - timedelta(days=3))
        store.camera_id = camera
        store.connection.execute(
            "INSERT INTO camera_minutes (minute, camera_id, store_id, frames)"
            " SELECT minute, %s, %s, CASE WHEN extract(minute FROM minute) IN (3, 17) THEN 0 ELSE 600 END"
            " FROM generate_series(date_trunc('minute', %s::timestamptz), %s, interval '1 minute') minute",
            [camera, store.store_id, store.now - 20 * HOUR, store.now],
        )
        came = [store.now - 20 * HOUR * draw.random() for _ in range(60)]
        left = [at + timedelta(minutes=draw.randint(-20, 90)) for at in came]
        store.connection.execute(
            "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
            " SELECT ts, %s, %s, gen_random_uuid(), direction"
            " FROM unnest(%s::timestamptz[], %s::text[]) AS crossing (ts, direction) WHERE ts < %s",
            [camera, store.store_id, came + left, ["IN"] * 60 + ["OUT"] * 60, store.now],
        )
    store.refresh_aggregates(store.now - 24 * HOUR, store.now - 50 * MINUTE)


@pytest.fixture
def first_hours(database: Database, create_store: CreateStore) -> FirstHoursOfStore:
    """The first hours of a store in Rome, at 13:00."""
    store = create_store(now=NOON, timezone="Europe/Rome", opening_hours=OPEN, camera=False)
    fill(store)
    return FirstHoursOfStore(store, database)


def test_the_job_stores_the_hours_that_are_settled_and_later_the_next_ones(first_hours: FirstHoursOfStore) -> None:
    store = first_hours.store
    store.now = NOON - 2 * HOUR
    assert (first_hours.compute(), first_hours.until()) == (1, datetime(2026, 11, 18, 9, tzinfo=UTC))
    assert first_hours.compute() == 0
    store.now = NOON
    assert (first_hours.compute(), first_hours.until()) == (1, datetime(2026, 11, 18, 11, tzinfo=UTC))
    first_hours.check()


def test_the_list_of_stores_reads_the_first_hours_that_are_stored(first_hours: FirstHoursOfStore) -> None:
    first_hours.compute()
    store = first_hours.store
    (before,) = store.get("/stores", period="day")["stores"]
    store.connection.execute(
        "UPDATE store_first_hours SET visitors = visitors + 1000, hour_visitors[10] = 77, live_occupancy = 500"
        " WHERE store_id = %s",
        [store.store_id],
    )
    (after,) = store.get("/stores", period="day")["stores"]
    assert after["visitors_today"] == before["visitors_today"] + 1000
    assert after["period"]["visitors"] == before["period"]["visitors"] + 1000
    assert (after["sparkline"][9]["visitors"], after["sparkline"][10]) == (77, before["sparkline"][10])
    assert after["occupancy"] > 400


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow)])
def test_the_list_is_the_same_after_any_changes(first_hours: FirstHoursOfStore, seed: int) -> None:
    store = first_hours.store
    changes = sorted(CHANGES)
    draw = random.Random(seed)  # noqa: S311 - a simulation
    draw.shuffle(changes)
    first_hours.compute()
    first_hours.check()
    for name in changes[:8] if seed == 0 else changes:
        CHANGES[name](store, datetime(2026, 11, 17, 23, tzinfo=UTC) + timedelta(minutes=draw.randint(10, 690)))
        first_hours.check(name)
        first_hours.compute()
        first_hours.check(name)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("a late crossing", CHANGES["a late crossing"]),
        ("a correction", CHANGES["a correction"]),
        ("other opening hours", CHANGES["other opening hours"]),
        ("a camera that has not delivered", CHANGES["a camera that has not delivered"]),
        (
            "a camera that reports for the first time",
            lambda store, at: store.connection.execute(
                "UPDATE cameras SET delivered_until = %s WHERE id = %s",
                [at, make_camera(store.connection, store.store_id, created_at=at - 6 * HOUR)],
            ),
        ),
    ],
)
def test_a_change_of_the_first_hours_makes_them_invalid(
    first_hours: FirstHoursOfStore, name: str, change: Callable[[StoreFixture, datetime], Any]
) -> None:
    first_hours.compute()
    assert first_hours.until() is not None
    change(first_hours.store, datetime(2026, 11, 18, 8, 20, tzinfo=UTC))
    assert first_hours.until() is None, name
    first_hours.check(name)


@pytest.mark.parametrize(
    ("now", "settings", "until"),
    [
        (
            datetime(2026, 10, 25, 17, 7, tzinfo=UTC),
            {"timezone": "Europe/Rome"},
            datetime(2026, 10, 25, 16, tzinfo=UTC),
        ),
        (datetime(2026, 3, 29, 17, 7, tzinfo=UTC), {"timezone": "Europe/Rome"}, datetime(2026, 3, 29, 16, tzinfo=UTC)),
        (
            datetime(2026, 10, 4, 2, 50, tzinfo=UTC),
            {"timezone": "Australia/Lord_Howe"},
            datetime(2026, 10, 4, 2, tzinfo=UTC),
        ),
        (NOON, {"timezone": "Asia/Kathmandu", "day_start": time(4, 30)}, datetime(2026, 11, 18, 11, 15, tzinfo=UTC)),
        (  # a closing at noon, and the end of the occupancy an hour later
            datetime(2026, 11, 18, 14, 50, tzinfo=UTC),
            {"timezone": "Europe/Rome", "opening_hours": {"wed": [["09:00", "12:10"], ["15:00", "20:00"]]}},
            datetime(2026, 11, 18, 11, tzinfo=UTC),
        ),
        (datetime(2026, 11, 18, 0, 20, tzinfo=UTC), {"timezone": "UTC"}, None),
    ],
    ids=["25 hours", "23 hours", "half an hour less", "another start", "two spans", "the day has just begun"],
)
def test_the_list_is_the_same_on_every_kind_of_day(
    database: Database, create_store: CreateStore, now: datetime, settings: dict[str, Any], until: datetime | None
) -> None:
    first_hours = FirstHoursOfStore(create_store(now=now, camera=False, **settings), database)
    fill(first_hours.store)
    first_hours.compute()
    assert first_hours.until() == until
    first_hours.check()
