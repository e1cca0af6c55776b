"""The demo tenant in a real database: seeded, seeded again, and seeded three days later after a camera counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from db.timescale.limits import REFRESH_LOCK_KEY
from functions.common import worker_key
from local.auth.accounts import Accounts
from local.errors import SeedError
from local.seed.demo_tenant import KOLKATA_STORE, OWNER, ROME_STORE, STORES, SUPERADMIN
from local.seed.seed import SeedResult, seed
from tests.database import own_database

FIRST = datetime(2026, 11, 17, 15, 7, tzinfo=UTC)
LATER = FIRST + timedelta(days=3)
CAMERA_FROM, CAMERA_UNTIL = FIRST.replace(minute=0), FIRST.replace(minute=22)


@dataclass(frozen=True)
class Seeds:
    """The results of three seeds in order; `connection` shows the database after the last one."""

    url: str
    connection: psycopg.Connection[Any]
    first: SeedResult
    again: SeedResult
    events_before_again: int
    events_after_again: int
    later: SeedResult

    def value(self, query: str, *values: object) -> Any:
        row = self.connection.execute(query, values).fetchone()
        assert row is not None
        return row[0]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeds]:
    home = tmp_path_factory.mktemp("seed")
    accounts = Accounts.open(home / "auth")
    with (
        own_database(home) as url,
        psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection,
    ):

        def events() -> int:
            row = connection.execute("SELECT count(*) FROM events").fetchone()
            assert row is not None
            return int(row[0])

        first = seed(url, accounts, home, now=FIRST, weeks=1)
        before = events()
        again = seed(url, accounts, home, now=FIRST + timedelta(minutes=1), weeks=1)
        after = events()
        _count_with_the_camera(connection)
        later = seed(url, accounts, home, now=LATER, weeks=2)
        yield Seeds(url, connection, first, again, before, after, later)


def _count_with_the_camera(connection: psycopg.Connection[Any]) -> None:
    """Let the camera of the door count from 15:00 to 15:22."""
    connection.execute(
        "INSERT INTO camera_minutes (minute, camera_id, store_id, frames) "
        "SELECT minute, %s, %s, 600 FROM generate_series(%s, %s, interval '1 minute') AS minute",
        (ROME_STORE.default_camera.id, ROME_STORE.id, CAMERA_FROM, CAMERA_UNTIL - timedelta(minutes=1)),
    )
    connection.execute(
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction) VALUES (%s, %s, %s, %s, 'IN')",
        (CAMERA_UNTIL - timedelta(minutes=2), ROME_STORE.default_camera.id, ROME_STORE.id, uuid4()),
    )


def test_the_superadmin_of_the_demo_is_one_in_the_database(seeds: Seeds) -> None:
    rows = seeds.connection.execute("SELECT email, user_id IS NULL, removed_at FROM superadmins").fetchall()
    assert rows == [(SUPERADMIN.email, False, None)]


def test_seeding_again_doubles_nothing(seeds: Seeds) -> None:
    assert seeds.first.crossings == seeds.events_before_again == seeds.events_after_again > 5000
    assert seeds.again.crossings == 0


def test_the_owner_has_both_stores_in_different_time_zones(seeds: Seeds) -> None:
    zones = seeds.value(
        "SELECT array_agg(timezone ORDER BY timezone) FROM stores JOIN store_members ON store_id = stores.id "
        "JOIN users ON users.id = user_id WHERE email = %s",
        OWNER.email,
    )
    assert zones == ["Asia/Kolkata", "Europe/Rome"]


def test_every_generated_crossing_belongs_to_a_generated_camera(seeds: Seeds) -> None:
    origins = "SELECT array_agg(DISTINCT origin) FROM events JOIN cameras ON cameras.id = camera_id"
    assert sorted(seeds.value(origins)) == ["camera", "generated"]
    assert (
        seeds.value("SELECT count(*) FROM events JOIN cameras ON cameras.id = camera_id WHERE origin = 'camera'") == 1
    )


def test_the_history_ends_at_the_current_quarter_hour(seeds: Seeds) -> None:
    for store in STORES:
        last = seeds.value("SELECT max(minute) FROM camera_minutes WHERE camera_id = %s", store.history_camera.id)
        assert last == LATER.replace(minute=0) - timedelta(minutes=1)
    assert seeds.later.crossings > 1000


def test_nothing_is_generated_where_a_camera_counted(seeds: Seeds) -> None:
    within = seeds.value(
        "SELECT count(*) FROM events WHERE camera_id = %s AND ts >= %s AND ts < %s",
        ROME_STORE.history_camera.id,
        CAMERA_FROM,
        CAMERA_FROM + timedelta(minutes=30),
    )
    assert within == 0


def test_counting_periods_do_not_overlap(seeds: Seeds) -> None:
    overlaps = seeds.value(
        "SELECT count(*) FROM camera_counting_periods a JOIN camera_counting_periods b "
        "ON a.store_id = b.store_id AND (a.camera_id, a.counts_from) < (b.camera_id, b.counts_from) "
        "AND tstzrange(a.counts_from, a.counts_until) && tstzrange(b.counts_from, b.counts_until)"
    )
    assert overlaps == 0


def test_the_camera_of_the_door_counts_from_the_end_of_the_history(seeds: Seeds) -> None:
    periods = seeds.connection.execute(
        "SELECT counts_from, counts_until FROM camera_counting_periods WHERE camera_id = %s ORDER BY 1",
        (ROME_STORE.default_camera.id,),
    ).fetchall()
    assert periods == [(CAMERA_FROM, CAMERA_FROM + timedelta(minutes=30)), (LATER.replace(minute=0), None)]


def test_the_store_is_empty_when_its_day_begins(seeds: Seeds) -> None:
    inside = (
        "SELECT count(*) FILTER (WHERE direction = 'IN') - count(*) FILTER (WHERE direction = 'OUT') FROM events "
        "WHERE camera_id = %s AND ts >= %s AND ts < %s"
    )
    begins = datetime(2026, 11, 12, 3, tzinfo=UTC)  # 04:00 in Rome
    assert seeds.value(inside, ROME_STORE.history_camera.id, begins, begins + timedelta(days=1)) == 0
    assert seeds.value(inside, ROME_STORE.history_camera.id, begins, begins + timedelta(hours=10)) > 0
    midnight = datetime(2026, 11, 11, 18, 30, tzinfo=UTC)  # in Kolkata
    assert seeds.value(inside, KOLKATA_STORE.history_camera.id, midnight, midnight + timedelta(days=1)) == 0


def test_the_aggregate_holds_every_crossing(seeds: Seeds) -> None:
    hourly = seeds.value("SELECT sum(ins + outs)::bigint FROM footfall_hourly")
    assert hourly == seeds.value("SELECT count(*) FROM events")


def test_the_aggregate_is_materialised_but_for_the_newest(seeds: Seeds) -> None:
    seeds.connection.execute("ALTER MATERIALIZED VIEW footfall_15m SET (timescaledb.materialized_only = true)")
    try:
        last = seeds.value("SELECT max(bucket) FROM footfall_15m")
    finally:
        seeds.connection.execute("ALTER MATERIALIZED VIEW footfall_15m SET (timescaledb.materialized_only = false)")
    assert LATER - timedelta(hours=2) < last <= LATER - timedelta(minutes=45)


def test_the_refresh_job_may_run_afterwards(seeds: Seeds) -> None:
    held = seeds.value(
        "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database AND d.datname = current_database()"
        " WHERE locktype = 'advisory' AND objid = %s",
        REFRESH_LOCK_KEY,
    )
    assert held == 0


def test_the_worker_keys_belong_to_their_store(seeds: Seeds) -> None:
    for store in STORES:
        digest = worker_key.digest(seeds.later.worker_keys[store.id])
        assert seeds.value("SELECT store_id FROM worker_keys WHERE key_sha256 = %s", digest) == store.id


def test_a_key_whose_secret_was_lost_is_revoked(seeds: Seeds, tmp_path: Path) -> None:
    renewed = seed(seeds.url, Accounts.open(tmp_path), tmp_path, now=LATER, weeks=1)
    old = worker_key.digest(seeds.later.worker_keys[ROME_STORE.id])
    assert seeds.value("SELECT revoked_at IS NOT NULL FROM worker_keys WHERE key_sha256 = %s", old)
    new = worker_key.digest(renewed.worker_keys[ROME_STORE.id])
    assert seeds.value("SELECT revoked_at IS NULL FROM worker_keys WHERE key_sha256 = %s", new)


def test_an_unreachable_database_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="the database reported an error"):
        seed("postgresql://nobody@127.0.0.1:9/none?connect_timeout=2", Accounts.open(tmp_path), tmp_path)
