"""An owner reads while late data comes into the aggregates: old figures are never called final."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.factories import Minute, insert_minutes, make_camera, make_member, make_store
from tests.integration.functions.several_backends.conftest import Lambdas
from tests.side_by_side import crossroads

Connection = psycopg.Connection[Any]
pytestmark = pytest.mark.xdist_group("several_backends")


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
    connection.execute(
        "INSERT INTO late_ranges (store_id, first_ts, last_ts) VALUES (%s, %s, %s)", [store_id, quarter, quarter]
    )
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
        assert reading.result() == ("value", 1)
    assert read() == ("value", 1)
