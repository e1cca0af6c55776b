"""An owner reads while others write: old figures are never called final, nor complete."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import psycopg
import pytest

from tests.factories import (
    Event,
    Minute,
    insert_events,
    insert_late_range,
    insert_minutes,
    make_camera,
    make_member,
    make_store,
)
from tests.integration.functions.several_backends.conftest import Lambdas
from tests.side_by_side import crossroads

Connection = psycopg.Connection[Any]


def test_a_figure_read_while_a_refresh_ends_is_the_new_one_or_pending(
    lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    now = datetime.now(UTC)
    store_id = make_store(connection)
    camera_id = make_camera(connection, store_id, last_seen_at=now, delivered_until=now)
    begin = now - timedelta(minutes=30)
    quarter = begin.replace(minute=begin.minute // 15 * 15, second=0, microsecond=0)  # over, and not materialised yet
    insert_minutes(connection, store_id, camera_id, [Minute(quarter + timedelta(minutes=n)) for n in range(15)])
    connection.execute("DELETE FROM late_ranges WHERE store_id = %s", [store_id])
    insert_late_range(connection, store_id, quarter, quarter)
    owner = lambdas.owner(database_url, make_member(connection, store_id))
    window = {"from": quarter.isoformat(), "to": (quarter + timedelta(minutes=15)).isoformat(), "interval": "15m"}

    def read() -> tuple[str, int]:
        (row,) = owner("GET", f"/stores/{store_id}/footfall", params=window).json()["rows"]
        return row["state"], row["visitors"]

    assert read() == ("pending", 0)
    # In one transaction what a refresh does in several: the crossing shows, and its note is taken away.
    ends = """
    WITH refreshed AS (
      INSERT INTO events (ts, camera_id, store_id, event_id, direction) VALUES (%s, %s, %s, gen_random_uuid(), 'IN')
    ) DELETE FROM late_ranges WHERE store_id = %s
    """
    with crossroads(database_url, "LOCK TABLE late_ranges") as refresh:
        reading = refresh.start(read)
        refresh.execute(ends, [quarter, camera_id, store_id, store_id])
        refresh.open(commit=True)
        assert reading.result() == ("pending", 0)  # as when the reading began
    assert read() == ("value", 1)


@pytest.mark.parametrize("path", ["/dashboard/{}?period=day", "/live/{}"])
def test_figures_are_not_called_complete_by_a_beat_that_came_after_them(
    lambdas: Lambdas, database_url: str, connection: Connection, path: str
) -> None:
    now = datetime.now(UTC)
    before, after = now - timedelta(minutes=20), now - timedelta(minutes=1)
    store_id = make_store(connection, day_start=time((now.hour - 6) % 24))
    camera_id = make_camera(connection, store_id, last_seen_at=now, delivered_until=before)
    insert_events(connection, store_id, camera_id, [Event(before - timedelta(minutes=1))])
    owner = lambdas.owner(database_url, make_member(connection, store_id))

    def read() -> tuple[int, datetime]:
        answer = owner("GET", path.format(store_id)).json()
        visitors = answer["kpis"]["visitors"]["value"] if "kpis" in answer else answer["visitors_today"]
        return visitors, datetime.fromisoformat(answer["data_complete_until"])

    assert read() == (1, before)
    with crossroads(database_url, "LOCK TABLE camera_minutes") as held:
        reading = held.start(read)  # it has read the crossings, and waits to read the coverage
        insert_events(connection, store_id, camera_id, [Event(after - timedelta(seconds=1))])
        connection.execute("UPDATE cameras SET delivered_until = %s WHERE id = %s", [after, camera_id])
        held.open()
        assert reading.result() == (1, before)
    assert read() == (2, after)
