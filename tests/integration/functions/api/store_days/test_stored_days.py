"""`store_days` holds what would be computed without it, after any sequence of late data, corrections and changes."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from functions.api.repositories.data_versions import read_data_versions
from functions.api.services.store_days import list_missing_days
from functions.common.database import Database
from tests.integration.functions.api.store_days.changes import CHANGES
from tests.integration.functions.api.store_days.days import StoreDays, change_visitors, plain, read
from tests.integration.functions.api.store_days.queries import DASHBOARDS, LEAGUES, compare_answers, compare_dashboards
from tests.integration.functions.api.store_fixture import CreateStore, StoreFixture


def test_a_stored_day_is_read_instead_of_computed(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    days.compute()
    change_visitors(store, 12345)
    visitors = {day.kpis.day: day.kpis.visitors for day in days.with_table()}
    assert (visitors[date(2026, 11, 13)], visitors[date(2026, 11, 14)]) == (12345, 20)


@pytest.mark.parametrize("bound", ["starts_at", "ends_at"])
def test_a_stored_day_of_other_time_zone_data_is_not_read(store: StoreFixture, database: Database, bound: str) -> None:
    days = StoreDays(store, database)
    days.compute()
    change_visitors(store, 12345)
    statement = f"UPDATE store_days SET {bound} = {bound} - interval '1 hour' WHERE store_id = %s"
    store.connection.execute(statement.encode(), [store.store_id])
    assert read(days.with_table()) == plain(days.without_table())


def test_a_dashboard_is_the_same_whichever_days_are_stored(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    days.compute()
    compare_dashboards(days, DASHBOARDS)


def test_a_dashboard_reads_the_days_that_are_stored(store: StoreFixture, database: Database) -> None:
    StoreDays(store, database).compute()
    before = store.dashboard(period="month")["kpis"]["visitors"]["value"]
    change_visitors(store, 1020)
    for period in ("month", "quarter", "year", "last7"):
        assert store.dashboard(period=period)["kpis"]["visitors"]["value"] >= 1000
    assert store.dashboard(period="month")["kpis"]["visitors"]["value"] == before + 1000


@pytest.mark.parametrize("name", CHANGES)
def test_after_a_change_the_days_are_those_that_are_computed(
    store: StoreFixture, database: Database, name: str
) -> None:
    days = StoreDays(store, database)
    days.compute()
    CHANGES[name](store, datetime(2026, 11, 12, 9, 20, tzinfo=UTC))
    assert read(days.with_table()) == plain(days.without_table())
    days.compute()
    assert read(days.with_table()) == plain(days.without_table())


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow)])
def test_after_random_changes_the_days_are_those_that_are_computed(
    store: StoreFixture, database: Database, seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311 - a test
    days = StoreDays(store, database)
    at = datetime(2026, 11, 11, tzinfo=UTC)
    for _ in range(12):
        at += timedelta(minutes=draw.randint(30, 16 * 60))
        name = draw.choice(list(CHANGES))
        CHANGES[name](store, at)
        if draw.random() < 0.6:
            days.compute()
        assert read(days.with_table()) == plain(days.without_table()), name
        if draw.random() < 0.5:
            compare_dashboards(days, [draw.choice(DASHBOARDS)])
        else:
            compare_answers(days, "/stores", draw.choice(LEAGUES))


def test_a_change_while_the_job_computes_makes_what_it_stores_invalid(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    day = date(2026, 11, 13)
    with database.connect() as connection:
        query = days.query(connection)
        before = read_data_versions(connection, [(query.store, query.settings.clock.day_window(day))])[0]
    days.compute()
    store.connection.execute(
        "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, '2026-11-13 10:00+00', 50)",
        [store.store_id],
    )
    # The row rests on the version of its snapshot, also when it is written after the change.
    store.connection.execute(
        "UPDATE store_days SET data_version = %s, computed_at = now() WHERE store_id = %s AND day = %s",
        [before, store.store_id, day],
    )
    assert read(days.with_table()) == plain(days.without_table())
    assert day in days.missing()


def test_the_stored_days_of_a_change_of_the_clocks_are_valid(database: Database, create_store: CreateStore) -> None:
    store = create_store(timezone="Europe/Rome", day_start=time(5), camera=False)
    store.add_camera(created_at=datetime(2026, 10, 20, tzinfo=UTC))
    days = StoreDays(store, database)
    days.compute()
    lengths = store.connection.execute(
        "SELECT extract(hour FROM ends_at - starts_at)::int + 24 * extract(day FROM ends_at - starts_at)::int"
        " FROM store_days WHERE store_id = %s ORDER BY day",
        [store.store_id],
    ).fetchall()
    assert lengths == [(24,)] * 5 + [(25,)] + [(24,)] * 24
    with database.connect() as connection:
        query = days.query(connection)
        assert list_missing_days(connection, [(query.store, query.settings)], store.now, 1000) == []
    store.connection.execute(
        "UPDATE store_days SET ends_at = ends_at - interval '1 hour' WHERE store_id = %s AND day = '2026-10-24'",
        [store.store_id],
    )
    assert days.compute() == 1
