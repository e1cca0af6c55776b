"""The history of store settings: a trigger on `stores` writes it, from the store-day in progress on."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest

from db.timescale.migrate import downgrade, upgrade
from functions.api.kpi.store_clock import StoreClock
from tests.database import own_database
from tests.factories import change_store_settings, make_camera, make_store
from tests.unit.functions.api.kpi.clocks import DATE_LINE, STARTS, with_change

Connection = psycopg.Connection[Any]
History = list[tuple[Any, ...]]
FOREVER = None


def history(connection: Connection, store: UUID) -> History:
    """Return (valid_from, timezone, day_start, opening_hours, capacity); the first is valid from None on."""
    return connection.execute(
        "SELECT nullif(valid_from, '-infinity'), timezone, day_start, opening_hours, capacity FROM store_settings"
        " WHERE store_id = %s ORDER BY valid_from",
        [store],
    ).fetchall()


def change(connection: Connection, store: UUID, assignment: str) -> None:
    connection.execute(f"UPDATE stores SET {assignment} WHERE id = %s".encode(), [store])


def counting_store(connection: Connection, **settings: Any) -> UUID:
    store = make_store(connection, **settings)
    make_camera(connection, store)
    return store


def today(connection: Connection, store: UUID) -> date:
    row = connection.execute("SELECT day FROM store_day_at(%s, now())", [store]).fetchone()
    assert row is not None
    found: date = row[0]
    return found


def test_a_new_store_has_its_settings_from_the_beginning(connection: Connection) -> None:
    hours = {"mon": [["09:00", "20:00"]]}
    store = make_store(connection, timezone="Asia/Tokyo", day_start=time(4), opening_hours=hours, capacity=30)
    assert history(connection, store) == [(FOREVER, "Asia/Tokyo", time(4), hours, 30)]


@pytest.mark.clock
def test_a_change_is_valid_from_the_store_day_in_progress_and_a_second_one_replaces_it(connection: Connection) -> None:
    store = counting_store(connection, timezone="Pacific/Auckland", day_start=time(4))
    day = today(connection, store)
    assert day == StoreClock(ZoneInfo("Pacific/Auckland"), time(4)).date_of(datetime.now(UTC))
    change(connection, store, "capacity = 50")
    change(connection, store, "capacity = 60, opening_hours = '{}'")
    assert history(connection, store) == [
        (FOREVER, "Pacific/Auckland", time(4), None, None),
        (day, "Pacific/Auckland", time(4), {}, 60),
    ]


def test_a_change_of_something_else_or_to_the_same_values_adds_nothing(connection: Connection) -> None:
    store = counting_store(connection, capacity=50)
    before = history(connection, store)
    for assignment in ("name = 'renamed'", "capacity = 50, timezone = 'UTC', name = 'x'", "archived_at = now()"):
        change(connection, store, assignment)
        assert history(connection, store) == before


def test_until_a_camera_counts_a_change_is_valid_from_the_beginning(connection: Connection) -> None:
    store = make_store(connection, timezone="UTC")
    make_camera(connection, store, is_counting_line=False)
    change(connection, store, "timezone = 'Asia/Kolkata'")
    assert history(connection, store) == [(FOREVER, "Asia/Kolkata", time(0), None, None)]


def test_the_time_after_closing_has_a_history_too(connection: Connection) -> None:
    store = counting_store(connection)
    change(connection, store, "closing_grace_minutes = 90")
    graces = "SELECT closing_grace_minutes FROM store_settings WHERE store_id = %s ORDER BY valid_from"
    assert connection.execute(graces, [store]).fetchall() == [(60,), (90,)]
    for refused in (-15, 50, 255):
        with pytest.raises(psycopg.errors.CheckViolation):
            change(connection, store, f"closing_grace_minutes = {refused}")


@pytest.mark.clock
def test_a_zone_that_the_server_does_not_know_can_be_corrected(connection: Connection) -> None:
    store = counting_store(connection, timezone="Mars/Olympus")
    change(connection, store, "timezone = 'Europe/Rome'")
    assert history(connection, store) == [
        (FOREVER, "Mars/Olympus", time(0), None, None),
        (datetime.now(UTC).date(), "Europe/Rome", time(0), None, None),
    ]
    change(connection, store, "archived_at = now()")  # jobs would name it


def test_the_newest_settings_are_those_of_the_store(connection: Connection) -> None:
    store = counting_store(connection)
    draw = random.Random(13)  # noqa: S311 - a test
    for _ in range(20):
        zone, day_start = draw.choice([*DATE_LINE, "Europe/Berlin", "Asia/Kathmandu"]), draw.choice(["04:00", "23:45"])
        change(connection, store, f"timezone = '{zone}', day_start = '{day_start}', capacity = {draw.randint(1, 9)}")
        newest = history(connection, store)[-1][1:]
        columns = "timezone, day_start, opening_hours, capacity"
        assert newest == connection.execute(f"SELECT {columns} FROM stores WHERE id = %s".encode(), [store]).fetchone()


ZONES = [*DATE_LINE, "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "Antarctica/Troll"]
QUARTER_STARTS = [start for start in STARTS if start.minute % 15 == 0]
CLOCK_CHANGES = [
    datetime(2026, 3, 28, tzinfo=UTC),
    datetime(2026, 4, 4, tzinfo=UTC),
    datetime(2026, 10, 24, tzinfo=UTC),
]


@pytest.mark.parametrize("seed", range(20))
def test_the_database_and_the_api_agree_on_the_store_day_of_every_time(connection: Connection, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a test
    zone, day_start = draw.choice(ZONES), draw.choice(QUARTER_STARTS)
    store, clock = make_store(connection, timezone=zone, day_start=day_start), StoreClock(ZoneInfo(zone), day_start)
    at = draw.choice(CLOCK_CHANGES)
    for _ in range(8):
        zone, day_start = draw.choice(ZONES), draw.choice(QUARTER_STARTS)
        change_store_settings(connection, store, at, timezone=zone, day_start=day_start)
        clock = with_change(clock, at, ZoneInfo(zone), day_start)
        at += timedelta(minutes=15 * draw.randint(0, 200))
    for _ in range(40):
        moment = at - timedelta(minutes=draw.randint(-3000, 20000))
        found = connection.execute("SELECT day, starts_at FROM store_day_at(%s, %s)", [store, moment]).fetchone()
        day = clock.date_of(moment)
        assert found == (day, clock.start_of(day)), moment


@pytest.mark.slow  # old migrations do not change
def test_an_upgrade_gives_each_store_the_settings_that_it_has(tmp_path: Path) -> None:
    hours = {"fri": [["18:00", "02:00"]]}
    with own_database(tmp_path) as url:
        downgrade(url, "0010_job_status")
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as old:
            store = make_store(old, timezone="Asia/Kathmandu", day_start=time(4), opening_hours=hours, capacity=7)
        upgrade(url)
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as new:
            assert history(new, store) == [(FOREVER, "Asia/Kathmandu", time(4), hours, 7)]
