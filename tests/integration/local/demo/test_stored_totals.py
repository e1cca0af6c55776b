"""The crossings of a run, counted in a real database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from db.timescale.aggregate_refresh import refresh_range
from local.demo.database import StoredTotals, read_totals, wait_for_totals
from local.errors import SeedError

SINCE = datetime(2026, 11, 20, 14, 50, tzinfo=UTC)


@pytest.fixture
def camera_id(connection: psycopg.Connection[Any]) -> UUID:
    """A camera with three crossings before the run, over two hours, and five in it, over two hours."""
    camera, store = uuid4(), uuid4()
    for minutes in (-70, -20, -1, 0, 4, 8, 12, 16):
        connection.execute(
            "INSERT INTO events (ts, camera_id, store_id, event_id, direction) VALUES (%s, %s, %s, %s, 'IN')",
            (SINCE + timedelta(minutes=minutes), camera, store, uuid4()),
        )
    # Another test may have refreshed past this time: rows below the watermark show up after a refresh only.
    refresh_range(connection, SINCE - timedelta(hours=2), SINCE + timedelta(hours=1))
    return camera


def test_only_the_crossings_of_the_run_are_counted(database_url: str, camera_id: UUID) -> None:
    assert read_totals(database_url, [camera_id], SINCE) == StoredTotals(stored=5, hourly=5)


def test_the_crossings_of_several_cameras_are_added_up(
    database_url: str, connection: psycopg.Connection[Any], camera_id: UUID
) -> None:
    other = uuid4()
    connection.execute(
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction) "
        "SELECT %s, %s, store_id, %s, 'OUT' FROM events WHERE camera_id = %s LIMIT 1",
        (SINCE + timedelta(minutes=3), other, uuid4(), camera_id),
    )
    refresh_range(connection, SINCE - timedelta(hours=2), SINCE + timedelta(hours=1))
    assert read_totals(database_url, [camera_id, other], SINCE) == StoredTotals(stored=6, hourly=6)


def test_a_camera_without_crossings_has_none(database_url: str) -> None:
    assert read_totals(database_url, [uuid4()], SINCE) == StoredTotals(0, 0)


def test_an_outdated_aggregate_is_visible(
    database_url: str, camera_id: UUID, connection: psycopg.Connection[Any]
) -> None:
    day = timedelta(days=1)
    for aggregate in ("footfall_15m", "footfall_hourly"):
        connection.execute(f"CALL refresh_continuous_aggregate('{aggregate}', '{SINCE - day}', '{SINCE + day}')")
    connection.execute(
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction) VALUES (%s, %s, %s, %s, 'OUT')",
        (SINCE + timedelta(minutes=1), camera_id, uuid4(), uuid4()),
    )
    assert read_totals(database_url, [camera_id], SINCE) == StoredTotals(stored=6, hourly=5)


def test_an_unreachable_database_is_reported() -> None:
    with pytest.raises(SeedError, match="the database reported an error"):
        wait_for_totals("postgresql://nobody@127.0.0.1:9/none", [uuid4()], SINCE, timeout_s=0)
