"""The refresh job recomputes the hours with late data and no others, in bounded steps, and is fair to the stores."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from db.timescale.aggregate_refresh import HOUR, QUARTER_HOUR, refresh_range
from db.timescale.limits import REFRESH_HOURS_PER_RUN, REFRESH_HOURS_PER_STORE, REFRESH_MAX_AGE, REFRESH_RECHECK
from functions.common.limits import EVENT_MAX_AGE
from tests.database import run_bounded_refresh_job
from tests.factories import Event, Minute, insert_events, insert_late_range, insert_minutes, make_camera, make_store
from tests.integration.functions.ingest.box import handler_for, make_box

pytestmark = pytest.mark.clock  # one database, in the order of this file

Connection = psycopg.Connection[Any]
PER_RUN = 3 + REFRESH_RECHECK // HOUR
"""Hours that every run refreshes: the hour in which the last run ended, its neighbours, and those of the recheck."""


@pytest.fixture
def connection(own_url: str) -> Iterator[Connection]:
    """A connection; the aggregates are up to date, and nothing is late, which other tests would change."""
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as opened:
        now = datetime.now(UTC)
        refresh_range(opened, now - timedelta(days=31), now)
        opened.execute("DELETE FROM late_ranges")
        run_bounded_refresh_job(opened)
        yield opened


def hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def make_history(connection: Connection, days: int = 31) -> None:
    """A store with a crossing in each quarter-hour, in the aggregates."""
    store = make_store(connection)
    camera = make_camera(connection, store)
    now = datetime.now(UTC)
    insert_events(connection, store, camera, [Event(now - n * QUARTER_HOUR) for n in range(1, days * 96)])
    refresh_range(connection, now - timedelta(days=days), now)
    connection.execute("DELETE FROM late_ranges")


def row_versions(connection: Connection) -> dict[str, datetime]:
    """The hour of each materialised row, by the version of the row, which a refresh of its bucket changes."""
    table = materialised_table(connection, "footfall_15m")
    rows = connection.execute(
        f"SELECT tableoid::text || ctid::text || xmin::text, date_trunc('hour', bucket, 'UTC') FROM {table}".encode()
    )
    return dict(rows.fetchall())


def recomputed_hours(connection: Connection, before: dict[str, datetime]) -> set[datetime]:
    return {hour for version, hour in row_versions(connection).items() if version not in before}


def materialised_table(connection: Connection, aggregate: str) -> str:
    row = connection.execute(
        "SELECT format('%%I.%%I', materialization_hypertable_schema, materialization_hypertable_name)"
        " FROM timescaledb_information.continuous_aggregates WHERE view_name = %s",
        [aggregate],
    ).fetchone()
    assert row is not None
    return str(row[0])


def late_hours(connection: Connection, store: UUID) -> list[datetime]:
    rows = connection.execute("SELECT hour FROM late_ranges WHERE store_id = %s ORDER BY hour", [store])
    return [hour for (hour,) in rows]


def hourly_counts(connection: Connection, store: UUID) -> dict[datetime, int]:
    rows = connection.execute("SELECT bucket, ins + outs FROM footfall_hourly WHERE store_id = %s", [store])
    return dict(rows.fetchall())


def stored_counts(connection: Connection, store: UUID) -> dict[datetime, int]:
    rows = connection.execute(
        "SELECT date_trunc('hour', ts, 'UTC'), count(*) FROM events WHERE store_id = %s GROUP BY 1", [store]
    )
    return dict(rows.fetchall())


def test_two_late_events_of_one_batch_a_month_apart_cost_two_hours_and_not_a_month(
    connection: Connection, own_url: str
) -> None:
    make_history(connection)
    box = make_box(connection, handler_for(own_url))
    now = datetime.now(UTC)
    before = row_versions(connection)
    assert len(set(before.values())) > 700
    events = [box.event(ts=(now - age).isoformat()) for age in (timedelta(days=29.9), timedelta(hours=5))]
    assert box.send(*events).body["inserted"] == 2
    run_bounded_refresh_job(connection)
    assert len(recomputed_hours(connection, before)) <= 2 + PER_RUN
    assert sum(hourly_counts(connection, box.store_id).values()) == 2
    assert late_hours(connection, box.store_id) == []


def test_a_batch_of_a_thousand_late_events_costs_a_bounded_number_of_hours_per_run(
    connection: Connection, own_url: str
) -> None:
    make_history(connection)
    box = make_box(connection, handler_for(own_url))
    newest = hour_of(datetime.now(UTC)) - 2 * HOUR
    events = [box.event(ts=(newest - n % 715 * HOUR + timedelta(minutes=n % 7)).isoformat()) for n in range(1000)]
    assert box.send(*events).body["inserted"] == 1000
    hours = len(late_hours(connection, box.store_id))
    assert hours > 700
    assert box.send(*events[:500], *[box.event(ts=event["ts"]) for event in events[500:]]).body["inserted"] == 500
    assert len(late_hours(connection, box.store_id)) == hours  # a row for each hour, however many batches
    runs = 0
    while late := late_hours(connection, box.store_id):
        before = row_versions(connection)
        run_bounded_refresh_job(connection)
        assert len(recomputed_hours(connection, before)) <= REFRESH_HOURS_PER_STORE + PER_RUN
        left = late_hours(connection, box.store_id)
        assert left == [hour for hour in late if hour in left]  # oldest first
        assert len(late) - len(left) >= min(len(late), REFRESH_HOURS_PER_STORE)
        runs += 1
    assert runs <= hours // REFRESH_HOURS_PER_STORE + 1
    assert hourly_counts(connection, box.store_id) == stored_counts(connection, box.store_id)


def test_the_many_late_hours_of_one_store_do_not_delay_the_few_of_another(connection: Connection) -> None:
    now = hour_of(datetime.now(UTC))
    flooding = [make_store(connection) for _ in range(4)]
    for number, store in enumerate(flooding):
        for n in range(150):
            at = now - timedelta(hours=4 + 4 * n + number)
            insert_late_range(connection, store, at, at)
    few = make_store(connection)
    for days in (1, 8, 15):
        insert_late_range(connection, few, now - timedelta(days=days), now - timedelta(days=days))
    run_bounded_refresh_job(connection)
    assert late_hours(connection, few) == []
    left = sum(len(late_hours(connection, store)) for store in flooding)
    # The hours of `few`, and those that the run rechecks, may be late hours of the others too.
    assert 600 - REFRESH_HOURS_PER_RUN - REFRESH_RECHECK // HOUR <= left <= 600 - REFRESH_HOURS_PER_RUN + 3


def test_after_any_late_data_every_hour_is_right_or_pending_and_in_the_end_all_are_right(
    connection: Connection,
) -> None:
    rng = random.Random(29)  # noqa: S311 - repeatable
    now = datetime.now(UTC)
    stores = [make_store(connection) for _ in range(2)]
    cameras = {store: make_camera(connection, store) for store in stores}
    for number in (2, 90, 2, 40):
        for store in stores:
            ages = [rng.choice([rng.uniform(0, 29.9), rng.uniform(0, 2)]) for _ in range(number)]
            insert_events(connection, store, cameras[store], [Event(now - timedelta(days=age)) for age in ages])
            minute = now.replace(second=0, microsecond=0) - timedelta(days=rng.uniform(1, 29)) // HOUR * HOUR
            insert_minutes(connection, store, cameras[store], [Minute(minute)])
        run_bounded_refresh_job(connection)
        for store in stores:
            pending = set(late_hours(connection, store))
            shown, stored = hourly_counts(connection, store), stored_counts(connection, store)
            assert {hour: shown.get(hour, 0) for hour in stored.keys() - pending} == {
                hour: count for hour, count in stored.items() if hour not in pending
            }
    while connection.execute("SELECT 1 FROM late_ranges").fetchone():
        run_bounded_refresh_job(connection)
    for store in stores:
        assert hourly_counts(connection, store) == stored_counts(connection, store)
        quarters = connection.execute(
            "SELECT sum(ins), sum(ins * extract(epoch FROM bucket) + in_offset_s) FROM footfall_15m"
            " WHERE store_id = %s",
            [store],
        ).fetchone()
        raw = connection.execute(
            "SELECT count(*), sum(extract(epoch FROM ts)) FROM events WHERE store_id = %s", [store]
        ).fetchone()
        assert quarters is not None
        assert raw is not None
        assert quarters[0] == raw[0]
        assert quarters[1] == pytest.approx(float(raw[1]), abs=1)
        minutes = connection.execute("SELECT sum(minutes) FROM coverage_hourly WHERE store_id = %s", [store]).fetchone()
        assert (
            minutes == connection.execute("SELECT count(*) FROM camera_minutes WHERE store_id = %s", [store]).fetchone()
        )


def test_late_data_that_arrives_while_its_hour_is_refreshed_stays_pending(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    at = datetime.now(UTC) - timedelta(days=3)
    insert_events(connection, store, camera, [Event(at)])
    table = materialised_table(connection, "footfall_hourly")
    # What ingest does to the row when the next batch arrives at this moment.
    connection.execute(
        "CREATE FUNCTION late_again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" UPDATE public.late_ranges SET version = version + 1 WHERE store_id = '{store}'; RETURN NEW; END $$".encode()
    )
    connection.execute(
        f"CREATE TRIGGER late_again BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION late_again()".encode()
    )
    try:
        run_bounded_refresh_job(connection)
    finally:
        connection.execute(f"DROP TRIGGER late_again ON {table}".encode())
        connection.execute("DROP FUNCTION late_again")
    assert late_hours(connection, store) == [hour_of(at)]
    run_bounded_refresh_job(connection)
    assert late_hours(connection, store) == []


def test_what_changed_without_a_late_range_is_rechecked_within_a_day(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    insert_events(connection, store, camera, [Event(datetime.now(UTC) - timedelta(days=29, hours=23))])
    connection.execute("DELETE FROM late_ranges WHERE store_id = %s", [store])
    position = "SELECT recheck_from FROM aggregate_refresh"
    visited = set()
    while not hourly_counts(connection, store):
        run_bounded_refresh_job(connection)
        visited.add(connection.execute(position).fetchone())
        assert len(visited) <= timedelta(days=31) // REFRESH_RECHECK + 1
    connection.execute("UPDATE aggregate_refresh SET recheck_from = now() - interval '3 hours'")
    run_bounded_refresh_job(connection)
    run_bounded_refresh_job(connection)
    again = connection.execute("SELECT now() - recheck_from > interval '30 days' FROM aggregate_refresh").fetchone()
    assert again == (True,)  # it began again at the oldest hour


def test_after_days_without_a_run_nothing_is_missing(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    now = datetime.now(UTC)
    ages = [timedelta(hours=3 * n + 1) for n in range(8 * 40)]  # also older than what a first run reaches
    connection.execute("UPDATE aggregate_refresh SET refreshed_until = now() - interval '41 days'")
    insert_events(connection, store, camera, [Event(now - age) for age in ages])
    connection.execute("DELETE FROM late_ranges WHERE store_id = %s", [store])
    run_bounded_refresh_job(connection)
    assert hourly_counts(connection, store) == stored_counts(connection, store)


def test_late_data_near_the_end_of_the_retention_never_deletes_an_aggregate(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    kept, dropped = (hour_of(datetime.now(UTC) - REFRESH_MAX_AGE + timedelta(hours=n)) for n in (5, -900))
    for hour in (kept, dropped):
        insert_events(connection, store, camera, [Event(hour)])
        refresh_range(connection, hour, hour)
    connection.execute("SELECT drop_chunks('events', older_than => now() - interval '400 days')")
    connection.execute("DELETE FROM late_ranges WHERE store_id = %s", [store])
    insert_events(connection, store, camera, [Event(hour + timedelta(minutes=1), "OUT") for hour in (kept, dropped)])
    assert late_hours(connection, store) == [dropped, kept]
    run_bounded_refresh_job(connection)
    assert late_hours(connection, store) == []
    assert hourly_counts(connection, store) == {dropped: 1, kept: 2}


def test_every_run_covers_what_ingest_accepts(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    insert_events(connection, store, camera, [Event(datetime.now(UTC) - EVENT_MAX_AGE)])
    run_bounded_refresh_job(connection)
    assert sum(hourly_counts(connection, store).values()) == 1
