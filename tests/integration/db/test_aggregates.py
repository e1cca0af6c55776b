"""The continuous aggregates are exact, real-time, and correct again after late data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.timescale.aggregate_refresh import refresh_range
from db.timescale.limits import REFRESH_END_OFFSET, REFRESH_LOCK_KEY
from db.timescale.privileges import GROUP_ROLES
from tests.database import run_refresh_job
from tests.factories import Event, Minute, insert_events, insert_minutes, make_camera, make_store

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]
DAY = datetime(2026, 11, 2, tzinfo=UTC)


def _rows(connection: Connection, aggregate: str, store: UUID) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"SELECT bucket, ins, outs, in_offset_s, out_offset_s FROM {aggregate} WHERE store_id = %s ORDER BY 1".encode(),
        [store],
    ).fetchall()


def _from_events(events: list[Event], width: timedelta) -> list[tuple[Any, ...]]:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    buckets: dict[datetime, list[Any]] = {}
    for event in events:
        start = event.ts - (event.ts - epoch) % width
        row = buckets.setdefault(start, [start, 0, 0, 0.0, 0.0])
        which = 1 if event.direction == "IN" else 2
        row[which] += 1
        row[which + 2] += (event.ts - start).total_seconds()
    return [tuple(buckets[start]) for start in sorted(buckets)]


@given(
    crossings=st.lists(
        st.tuples(st.integers(0, 6 * 3600 * 1_000_000), st.sampled_from(["IN", "OUT"])), min_size=1, max_size=40
    )
)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_and_offsets_are_those_of_the_events(connection: Connection, crossings: list[tuple[int, Any]]) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    events = [Event(DAY + timedelta(microseconds=at), direction) for at, direction in crossings]
    insert_events(connection, store, camera, events)
    run_refresh_job(connection)  # other tests may have moved the watermark
    for aggregate, width in (("footfall_15m", timedelta(minutes=15)), ("footfall_hourly", timedelta(hours=1))):
        found, expected = _rows(connection, aggregate, store), _from_events(events, width)
        assert [row[:3] for row in found] == [row[:3] for row in expected]
        for row, expected_row in zip(found, expected, strict=True):
            assert row[3:] == pytest.approx(expected_row[3:], abs=1e-6)
    connection.execute("DELETE FROM events WHERE store_id = %s", [store])


def test_an_event_on_a_boundary_belongs_to_the_bucket_that_begins(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    insert_events(connection, store, camera, [Event(DAY), Event(DAY - timedelta(microseconds=1))])
    run_refresh_job(connection)
    assert [row[:2] for row in _rows(connection, "footfall_15m", store)] == [(DAY - timedelta(minutes=15), 1), (DAY, 1)]


def test_coverage_counts_minutes_with_frames(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    minutes = [Minute(DAY + timedelta(minutes=n), frames=0 if n % 3 == 0 else 600) for n in range(20)]
    insert_minutes(connection, store, camera, minutes)
    insert_minutes(connection, store, camera, minutes)  # the outbox sends again
    run_refresh_job(connection)
    rows = connection.execute(
        "SELECT bucket, minutes FROM coverage_15m WHERE store_id = %s ORDER BY 1", [store]
    ).fetchall()
    assert rows == [(DAY, 10), (DAY + timedelta(minutes=15), 3)]
    hours = connection.execute("SELECT bucket, minutes FROM coverage_hourly WHERE store_id = %s", [store]).fetchall()
    assert hours == [(DAY, 13)]


def test_late_events_are_recorded_and_counted_after_one_refresh(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    now = datetime.now(UTC)
    first, last = now - timedelta(days=21), now
    insert_events(connection, store, camera, [Event(now - timedelta(days=1), "IN"), Event(now, "IN")])
    refresh_range(connection, first, last)  # the watermark is at half an hour ago now
    assert sum(row[1] for row in _rows(connection, "footfall_hourly", store)) == 2

    late = [Event(first + timedelta(hours=7 * n), "OUT") for n in range(60)]  # three weeks without a network connection
    insert_events(connection, store, camera, late)
    assert sum(row[2] for row in _rows(connection, "footfall_hourly", store)) < 60
    recorded = connection.execute("SELECT first_ts, last_ts FROM late_ranges WHERE store_id = %s", [store]).fetchall()
    assert {(event.ts, event.ts) for event in late} <= set(recorded)

    run_refresh_job(connection)
    for aggregate, width in (("footfall_15m", timedelta(minutes=15)), ("footfall_hourly", timedelta(hours=1))):
        found = _rows(connection, aggregate, store)
        expected = _from_events([*late, Event(now - timedelta(days=1), "IN"), Event(now, "IN")], width)
        assert [row[:3] for row in found] == [row[:3] for row in expected]
    assert connection.execute("SELECT count(*) FROM late_ranges WHERE store_id = %s", [store]).fetchone() == (0,)


def test_events_that_are_a_little_late_are_counted_after_the_refresh(connection: Connection) -> None:
    """They are so recent that the refresh must not materialise the quarter-hour after them."""
    store = make_store(connection)
    camera = make_camera(connection, store)
    now = datetime.now(UTC)
    refresh_range(connection, now - timedelta(hours=3), now)
    times = [now - REFRESH_END_OFFSET - timedelta(minutes=n) for n in range(0, 90, 7)] + [
        now - timedelta(minutes=n) for n in range(30)
    ]
    insert_events(connection, store, camera, [Event(at) for at in times])
    run_refresh_job(connection)
    insert_events(connection, store, camera, [Event(now - timedelta(minutes=n, seconds=1)) for n in range(29)])
    assert sum(row[1] for row in _rows(connection, "footfall_15m", store)) == len(times) + 29
    assert sum(row[1] for row in _rows(connection, "footfall_hourly", store)) == len(times) + 29


def test_compressed_chunks_accept_late_events_once(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    moment = datetime.now(UTC) - timedelta(days=25)
    events = [Event(moment + timedelta(seconds=n)) for n in range(200)]
    assert insert_events(connection, store, camera, events) == 200
    connection.execute(
        "SELECT compress_chunk(chunk, true) FROM show_chunks('events', older_than => now() - interval '8 days') chunk"
    )
    late = Event(moment + timedelta(milliseconds=500), "OUT")
    assert insert_events(connection, store, camera, [*events, late]) == 1
    assert insert_events(connection, store, camera, [late]) == 0
    run_refresh_job(connection)
    assert sum(row[1] + row[2] for row in _rows(connection, "footfall_15m", store)) == 201


def test_nothing_is_decompressed_for_late_events(connection: Connection) -> None:
    """One statement may decompress at most 100,000 rows, and a batch over three weeks would soon exceed that."""
    store = make_store(connection)
    camera = make_camera(connection, store)
    first = datetime.now(UTC) - timedelta(days=29)
    events = [Event(first + timedelta(minutes=20 * n)) for n in range(1000)]
    insert_events(connection, store, camera, events)
    connection.execute(
        "SELECT compress_chunk(chunk, true) FROM show_chunks('events', older_than => now() - interval '8 days') chunk"
    )
    connection.execute("SET timescaledb.max_tuples_decompressed_per_dml_transaction TO 1")
    try:
        late = [Event(event.ts + timedelta(seconds=1), "OUT") for event in events]
        assert insert_events(connection, store, camera, [*events, *late]) == 1000
        assert insert_events(connection, store, camera, [*events, *late]) == 0
    finally:
        connection.execute("RESET timescaledb.max_tuples_decompressed_per_dml_transaction")
    run_refresh_job(connection)
    assert sum(row[1] + row[2] for row in _rows(connection, "footfall_15m", store)) == 2000


def test_late_minutes_are_recorded_and_counted_after_one_refresh(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    now = datetime.now(UTC)
    insert_minutes(connection, store, camera, [Minute(now - timedelta(hours=2), frames=0)])
    refresh_range(connection, now - timedelta(days=31), now)
    late = now.replace(second=0, microsecond=0) - timedelta(days=2)
    insert_minutes(connection, store, camera, [Minute(late + timedelta(minutes=n)) for n in range(60)])
    for minutes in (0, 60):
        for aggregate in ("coverage_15m", "coverage_hourly"):
            query = f"SELECT coalesce(sum(minutes), 0) FROM {aggregate} WHERE store_id = %s"
            assert connection.execute(query.encode(), [store]).fetchone() == (minutes,)
        run_refresh_job(connection)


def test_a_failed_refresh_releases_the_lock(connection: Connection) -> None:
    run_refresh_job(connection)
    with pytest.raises(psycopg.errors.UndefinedTable):
        refresh_range(connection, DAY, DAY, aggregates=[("no_such_aggregate", timedelta(hours=1))])
    assert _refresh_locks(connection) == 0


def test_a_refresh_job_that_failed_blocks_no_other(connection: Connection, database_url: str) -> None:
    invalid = """CALL refresh_aggregates(0, '{"start_offset": "soon", "end_offset": "35 minutes"}')"""
    with psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as failing:
        with pytest.raises(psycopg.errors.InvalidDatetimeFormat):
            failing.execute(invalid)
        refresh_range(connection, DAY, DAY)
        run_refresh_job(connection)
        assert _refresh_locks(connection) == 0


def _refresh_locks(connection: Connection) -> int:
    held = (
        "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database AND d.datname = current_database()"
        " WHERE locktype = 'advisory' AND objid = %s"
    )
    row = connection.execute(held, [REFRESH_LOCK_KEY]).fetchone()
    assert row is not None
    return int(row[0])


def test_only_the_owner_may_run_the_refresh(connection: Connection) -> None:
    query = "SELECT has_function_privilege(%s, 'refresh_aggregates(integer, jsonb)', 'EXECUTE')"
    for role in GROUP_ROLES:
        assert connection.execute(query, [role]).fetchone() == (False,)
