"""What the tests of the store-days share: a store that has some."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from functions.common.database import Database
from tests.integration.functions.api.store_days.days import DAY, HOUR, START
from tests.integration.functions.api.store_fixture import CreateStore, StoreFixture


@pytest.fixture
def store(database: Database, create_store: CreateStore) -> StoreFixture:
    """A store with opening hours and visits on each day."""
    hours = {day: [["08:00", "20:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat")}
    made = create_store(timezone="Europe/Rome", opening_hours=hours, camera=False)
    made.camera_id = made.add_camera(created_at=START)
    made.connection.execute(
        "INSERT INTO camera_minutes (minute, camera_id, store_id, frames)"
        " SELECT minute, %s, %s, 600 FROM generate_series(%s, %s, interval '1 minute') minute",
        [made.camera_id, made.store_id, START + 6 * HOUR, made.now],
    )
    draw = random.Random(1)  # noqa: S311 - a simulation
    came = [START + n * DAY + timedelta(minutes=draw.randint(7 * 60, 18 * 60)) for n in range(9) for _ in range(20)]
    left = [at + timedelta(minutes=draw.randint(2, 90)) for at in came]
    crossings = [(at, "IN") for at in came] + [(at, "OUT") for at in left]
    made.connection.execute(
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
        " SELECT ts, %s, %s, gen_random_uuid(), direction"
        " FROM unnest(%s::timestamptz[], %s::text[]) AS crossing (ts, direction) WHERE ts < %s",
        [made.camera_id, made.store_id, [at for at, _ in crossings], [way for _, way in crossings], made.now],
    )
    made.refresh_aggregates(START, made.now)  # at once; the job would need several runs
    return made
