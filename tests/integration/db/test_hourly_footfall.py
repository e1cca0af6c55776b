"""The view `analytics.hourly_footfall` has the rows that follow from the single events, whatever it reads them from."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg import sql

from db.timescale.analysts import grant, revoke
from tests.database import run_refresh_job
from tests.factories import LONG_AGO, Event, Minute, insert_events, insert_minutes, make_camera, make_store

Connection = psycopg.Connection[Any]
MINUTE, QUARTER_HOUR, HOUR = timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1)
NOVEMBER = datetime(2026, 11, 2, tzinfo=UTC)


@dataclass
class Camera:
    """A camera, and what it has sent.

    Attributes:
        periods: Its counting periods, (from, until); until None while it counts.
        dark: It sends no frames between these times.
    """

    periods: list[tuple[datetime, datetime | None]] = field(default_factory=lambda: [(LONG_AGO, None)])
    dark: tuple[datetime, datetime] | None = None
    events: list[Event] = field(default_factory=list)
    minutes: list[Minute] = field(default_factory=list)

    def counts_at(self, at: datetime) -> bool:
        return any(since <= at and (until is None or at < until) for since, until in self.periods)


@pytest.fixture
def name(connection: Connection) -> Iterator[str]:
    """The name of an analyst."""
    made = f"h{uuid4().hex[:12]}"
    yield made
    if connection.execute("SELECT FROM analysts WHERE name = %s", [made]).rowcount:
        revoke(connection, made)


def fill(connection: Connection, timezone: str, first: datetime, hours: int, cameras: list[Camera]) -> UUID:
    """Make a store whose cameras send events and minutes at random for some hours; no aggregate is refreshed."""
    draw = random.Random(f"{timezone} {first}")  # noqa: S311
    store = make_store(connection, timezone=timezone)
    for camera in cameras:
        camera_id = make_camera(connection, store)
        connection.execute("DELETE FROM camera_counting_periods WHERE camera_id = %s", [camera_id])
        for since, until in camera.periods:
            connection.execute(
                "INSERT INTO camera_counting_periods VALUES (%s, %s, %s, %s)", [camera_id, store, since, until]
            )
        seconds = [draw.uniform(0, hours * 3600) for _ in range(20 * hours)]
        camera.events = [Event(first + timedelta(seconds=at), draw.choice(("IN", "OUT"))) for at in seconds]
        minutes = [first + n * MINUTE for n in range(60 * hours)]
        dark_from, dark_until = camera.dark or (first, first)
        camera.minutes = [
            Minute(at, frames=0 if dark_from <= at < dark_until else 600) for at in minutes if draw.random() < 0.9
        ]
        insert_events(connection, store, camera_id, camera.events)
        insert_minutes(connection, store, camera_id, camera.minutes)
    return store


def expected(timezone: str, cameras: list[Camera]) -> list[tuple[Any, ...]]:
    """Return (hour, visitors, exits, observed share) of each hour, from the single events and minutes."""
    visitors, exits, observed = (defaultdict[datetime, int](int) for _ in range(3))
    for camera in cameras:
        for event in filter(lambda event: camera.counts_at(event.ts), camera.events):
            (visitors if event.direction == "IN" else exits)[hour_of(event.ts, timezone)] += 1
        for minute in filter(lambda minute: camera.counts_at(minute.minute), camera.minutes):
            observed[hour_of(minute.minute, timezone)] += 1 if minute.frames else 0
    rows = []
    for hour in sorted(visitors.keys() | exits.keys() | observed.keys()):
        counting = sum(camera.counts_at(hour + n * MINUTE) for camera in cameras for n in range(60))
        share = observed[hour] / counting if counting else None
        rows.append((hour, visitors[hour], exits[hour], None if share is None else pytest.approx(share)))
    return rows


def hour_of(at: datetime, timezone: str) -> datetime:
    """Return the beginning of the local hour, in UTC."""
    quarter_hour = at - (at - LONG_AGO) % QUARTER_HOUR
    return quarter_hour - timedelta(minutes=quarter_hour.astimezone(ZoneInfo(timezone)).minute)


def rows_of(connection: Connection, url: str, name: str, store: UUID) -> list[tuple[Any, ...]]:
    access = grant(connection, name, store)
    with psycopg.connect(url, user=access.role, password=access.password, prepare_threshold=None) as analyst:
        return analyst.execute(
            "SELECT hour, visitors, exits, observed_share FROM hourly_footfall ORDER BY hour"
        ).fetchall()


def at(hour: int, minute: int = 0) -> datetime:
    return NOVEMBER.replace(hour=hour, minute=minute)


CAMERAS = {
    "one camera": [Camera()],
    "two cameras, one is dark for some hours": [Camera(), Camera(dark=(at(5, 10), at(8, 40)))],
    "a camera that starts at 09:15": [Camera([(at(9, 15), None)])],
    "a second camera from 09:15 to 12:45": [Camera(), Camera([(at(9, 15), at(12, 45))])],
    "a camera that counts for half an hour": [Camera([(at(9, 15), at(9, 45))])],
    "three periods of a camera": [Camera([(at(4), at(7)), (at(7, 30), at(9)), (at(9, 30), None)])],
    "periods that meet within an hour": [Camera([(at(4), at(7, 30)), (at(7, 30), None)])],
}
TIMEZONES = ("Europe/Madrid", "Asia/Kolkata", "Pacific/Chatham")


@pytest.fixture(scope="module")
def rows(database_url: str) -> Iterator[dict[tuple[str, str], tuple[list[Camera], list[tuple[Any, ...]]]]]:
    """The cameras of `CAMERAS` in each of `TIMEZONES`, and the rows of their stores as one analyst reads them."""
    name = f"h{uuid4().hex[:12]}"
    stores: dict[UUID, tuple[str, str]] = {}
    made: dict[tuple[str, str], tuple[list[Camera], list[tuple[Any, ...]]]] = {}
    with psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as connection:
        for timezone, (cameras_id, template) in product(TIMEZONES, CAMERAS.items()):
            cameras = deepcopy(template)
            stores[fill(connection, timezone, NOVEMBER, 20, cameras)] = (timezone, cameras_id)
            made[timezone, cameras_id] = (cameras, [])
        run_refresh_job(connection)
        access = grant(connection, name, next(iter(stores)))
        connection.execute(
            "INSERT INTO analyst_grants SELECT %s, unnest(%s::uuid[]) ON CONFLICT DO NOTHING",
            [access.role, list(stores)],
        )
        with psycopg.connect(
            database_url, user=access.role, password=access.password, prepare_threshold=None
        ) as analyst:
            for store, *row in analyst.execute(
                "SELECT store_id, hour, visitors, exits, observed_share FROM hourly_footfall ORDER BY hour"
            ):
                made[stores[store]][1].append(tuple(row))
        yield made
        revoke(connection, name)


@pytest.mark.parametrize("cameras_id", CAMERAS)
@pytest.mark.parametrize("timezone", TIMEZONES)
def test_the_rows_are_those_of_the_events(
    rows: dict[tuple[str, str], tuple[list[Camera], list[tuple[Any, ...]]]], timezone: str, cameras_id: str
) -> None:
    cameras, found = rows[timezone, cameras_id]
    assert found == expected(timezone, cameras)


@pytest.mark.parametrize(
    ("timezone", "first"),
    [
        pytest.param("Europe/Madrid", datetime(2026, 10, 24, 20, tzinfo=UTC), id="an hour that comes twice"),
        pytest.param("Europe/Madrid", datetime(2026, 3, 28, 20, tzinfo=UTC), id="an hour that is skipped"),
        pytest.param("Australia/Lord_Howe", datetime(2026, 10, 3, 10, tzinfo=UTC), id="from :30 to whole hours"),
        pytest.param("Australia/Lord_Howe", datetime(2026, 4, 4, 10, tzinfo=UTC), id="from whole hours to :30"),
    ],
)
def test_the_rows_are_those_of_the_events_when_the_clock_changes(
    connection: Connection, database_url: str, name: str, timezone: str, first: datetime
) -> None:
    cameras = [Camera()]
    store = fill(connection, timezone, first, 12, cameras)
    run_refresh_job(connection)
    assert rows_of(connection, database_url, name, store) == expected(timezone, cameras)


@pytest.mark.parametrize(
    ("timezone", "period_start", "quarter_hours_read"),
    [
        pytest.param("Europe/Madrid", LONG_AGO, 0, id="whole hours: none"),
        pytest.param("Europe/Madrid", at(9, 15), 3, id="from 09:15: those of the first hour"),
        pytest.param("Asia/Kolkata", LONG_AGO, 80, id="hours that are not UTC hours: all"),
    ],
)
def test_only_what_no_hourly_bucket_answers_is_read_from_the_quarter_hours(
    connection: Connection, timezone: str, period_start: datetime, quarter_hours_read: int
) -> None:
    store = fill(connection, timezone, NOVEMBER, 20, [Camera([(period_start, None)])])
    run_refresh_job(connection)
    connection.execute("INSERT INTO analysts (role_name, name) VALUES (current_user, 'plans')")
    connection.execute("INSERT INTO analyst_grants VALUES (current_user, %s)", [store])
    row = connection.execute(
        sql.SQL(
            "EXPLAIN (ANALYZE, FORMAT JSON) SELECT sum(visitors) FROM analytics.hourly_footfall WHERE store_id = {}"
        ).format(sql.Literal(store))
    ).fetchone()
    connection.execute("DELETE FROM analyst_grants WHERE store_id = %s", [store])
    connection.execute("DELETE FROM analysts WHERE role_name = current_user")
    assert row is not None
    chunks = connection.execute(
        "SELECT c.chunk_name FROM timescaledb_information.chunks c"
        " JOIN timescaledb_information.continuous_aggregates a"
        " ON c.hypertable_name = a.materialization_hypertable_name WHERE a.view_name = 'coverage_15m'"
    ).fetchall()
    assert rows_read(row[0][0]["Plan"], {chunk for (chunk,) in chunks}) == quarter_hours_read


def rows_read(plan: dict[str, Any], relations: set[str]) -> int:
    """Return how many rows a plan has read from some relations."""
    own = plan["Actual Rows"] * plan["Actual Loops"] if plan.get("Relation Name") in relations else 0
    return int(own) + sum(rows_read(part, relations) for part in plan.get("Plans", []))


def test_a_time_zone_that_the_server_does_not_know_breaks_no_other_store_and_is_read_as_utc(
    connection: Connection, database_url: str, name: str
) -> None:
    cameras = [Camera(), Camera()]
    kolkata, unknown = (fill(connection, "Asia/Kolkata", NOVEMBER, 3, [camera]) for camera in cameras)
    run_refresh_job(connection)
    granted = grant(connection, name, kolkata)
    grant(connection, name, unknown)
    connection.execute("UPDATE store_settings SET timezone = 'Mars/Base' WHERE store_id = %s", [unknown])
    try:
        with psycopg.connect(
            database_url, user=granted.role, password=granted.password, prepare_threshold=None
        ) as analyst:
            rows = analyst.execute(
                "SELECT store_id, timezone, hour, local_hour, visitors, exits, observed_share FROM hourly_footfall"
                " ORDER BY hour"
            ).fetchall()
    finally:
        connection.execute("UPDATE store_settings SET timezone = 'Asia/Kolkata' WHERE store_id = %s", [unknown])
    of_kolkata = [(hour, *counts) for store, _, hour, _, *counts in rows if store == kolkata]
    assert of_kolkata == expected("Asia/Kolkata", cameras[:1])
    of_unknown = [(hour, *counts) for store, _, hour, _, *counts in rows if store == unknown]
    assert of_unknown == expected("UTC", cameras[1:])
    assert {row[1] for row in rows if row[0] == unknown} == {"UTC"}
    assert all(row[2].replace(tzinfo=None) == row[3] for row in rows if row[0] == unknown)
