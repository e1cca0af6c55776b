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
from local.seed.errors import SeedError
from local.seed.seeding import Seeded, seed
from local.seed.tenant import BAZAAR, OWNER, STATION, STORES
from tests.database import own_database

pytestmark = pytest.mark.xdist_group("seed")  # one story for all of them
FIRST = datetime(2026, 11, 17, 15, 7, tzinfo=UTC)
LATER = FIRST + timedelta(days=3)
CAMERA_FROM, CAMERA_UNTIL = FIRST.replace(minute=0), FIRST.replace(minute=22)


@dataclass(frozen=True)
class Story:
    """What happened, told in order; `connection` looks at how it ended."""

    connection: psycopg.Connection[Any]
    first: Seeded
    again: Seeded
    events_before_again: int
    events_after_again: int
    later: Seeded

    def ask(self, question: str, *values: object) -> Any:
        row = self.connection.execute(question, values).fetchone()
        assert row is not None
        return row[0]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
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
        yield Story(connection, first, again, before, after, later)


def _count_with_the_camera(connection: psycopg.Connection[Any]) -> None:
    """The door's own camera counts from 15:00 to 15:22."""
    connection.execute(
        "INSERT INTO camera_minutes (minute, camera_id, store_id, frames) "
        "SELECT minute, %s, %s, 600 FROM generate_series(%s, %s, interval '1 minute') AS minute",
        (STATION.active.id, STATION.id, CAMERA_FROM, CAMERA_UNTIL - timedelta(minutes=1)),
    )
    connection.execute(
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction) VALUES (%s, %s, %s, %s, 'IN')",
        (CAMERA_UNTIL - timedelta(minutes=2), STATION.active.id, STATION.id, uuid4()),
    )


def test_seeding_again_doubles_nothing(story: Story) -> None:
    assert story.first.crossings == story.events_before_again == story.events_after_again > 5000
    assert story.again.crossings == 0


def test_the_owner_has_both_stores_in_different_time_zones(story: Story) -> None:
    zones = story.ask(
        "SELECT array_agg(timezone ORDER BY timezone) FROM stores JOIN store_members ON store_id = stores.id "
        "JOIN users ON users.id = user_id WHERE email = %s",
        OWNER.email,
    )
    assert zones == ["Asia/Kolkata", "Europe/Rome"]


def test_every_generated_crossing_is_of_a_camera_that_says_so(story: Story) -> None:
    origins = "SELECT array_agg(DISTINCT origin) FROM events JOIN cameras ON cameras.id = camera_id"
    assert sorted(story.ask(origins)) == ["camera", "generated"]
    assert story.ask("SELECT count(*) FROM events JOIN cameras ON cameras.id = camera_id WHERE origin = 'camera'") == 1


def test_the_history_is_extended_to_the_quarter_hour_that_has_begun(story: Story) -> None:
    for store in STORES:
        last = story.ask("SELECT max(minute) FROM camera_minutes WHERE camera_id = %s", store.history.id)
        assert last == LATER.replace(minute=0) - timedelta(minutes=1)
    assert story.later.crossings > 1000


def test_nothing_is_generated_where_a_camera_counted(story: Story) -> None:
    within = story.ask(
        "SELECT count(*) FROM events WHERE camera_id = %s AND ts >= %s AND ts < %s",
        STATION.history.id,
        CAMERA_FROM,
        CAMERA_FROM + timedelta(minutes=30),
    )
    assert within == 0


def test_each_minute_is_expected_of_one_camera_only(story: Story) -> None:
    overlaps = story.ask(
        "SELECT count(*) FROM camera_counting_periods a JOIN camera_counting_periods b "
        "ON a.store_id = b.store_id AND (a.camera_id, a.counts_from) < (b.camera_id, b.counts_from) "
        "AND tstzrange(a.counts_from, a.counts_until) && tstzrange(b.counts_from, b.counts_until)"
    )
    assert overlaps == 0


def test_the_camera_of_the_door_counts_from_where_the_past_ends(story: Story) -> None:
    periods = story.connection.execute(
        "SELECT counts_from, counts_until FROM camera_counting_periods WHERE camera_id = %s ORDER BY 1",
        (STATION.active.id,),
    ).fetchall()
    assert periods == [(CAMERA_FROM, CAMERA_FROM + timedelta(minutes=30)), (LATER.replace(minute=0), None)]


def test_the_store_is_empty_when_its_day_begins(story: Story) -> None:
    inside = (
        "SELECT count(*) FILTER (WHERE direction = 'IN') - count(*) FILTER (WHERE direction = 'OUT') FROM events "
        "WHERE camera_id = %s AND ts >= %s AND ts < %s"
    )
    begins = datetime(2026, 11, 12, 3, tzinfo=UTC)  # 04:00 in Rome
    assert story.ask(inside, STATION.history.id, begins, begins + timedelta(days=1)) == 0
    assert story.ask(inside, STATION.history.id, begins, begins + timedelta(hours=10)) > 0
    midnight = datetime(2026, 11, 11, 18, 30, tzinfo=UTC)  # in Kolkata
    assert story.ask(inside, BAZAAR.history.id, midnight, midnight + timedelta(days=1)) == 0


def test_the_aggregate_holds_every_crossing(story: Story) -> None:
    hourly = story.ask("SELECT sum(ins + outs)::bigint FROM footfall_hourly")
    assert hourly == story.ask("SELECT count(*) FROM events")


def test_the_aggregate_is_materialised_but_for_the_newest(story: Story) -> None:
    story.connection.execute("ALTER MATERIALIZED VIEW footfall_15m SET (timescaledb.materialized_only = true)")
    try:
        last = story.ask("SELECT max(bucket) FROM footfall_15m")
    finally:
        story.connection.execute("ALTER MATERIALIZED VIEW footfall_15m SET (timescaledb.materialized_only = false)")
    assert LATER - timedelta(hours=2) < last <= LATER - timedelta(minutes=45)


def test_the_refresh_job_may_run_afterwards(story: Story) -> None:
    held = story.ask(
        "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database AND d.datname = current_database()"
        " WHERE locktype = 'advisory' AND objid = %s",
        REFRESH_LOCK_KEY,
    )
    assert held == 0


def test_the_worker_keys_open_their_store(story: Story) -> None:
    for store in STORES:
        digest = worker_key.digest(story.later.keys[store.id])
        assert story.ask("SELECT store_id FROM worker_keys WHERE key_sha256 = %s", digest) == store.id


def test_a_key_whose_secret_was_lost_is_revoked(story: Story, tmp_path: Path) -> None:
    info = story.connection.info
    url = f"postgresql://{info.user}@{info.host}:{info.port}/{info.dbname}?sslmode=disable"
    renewed = seed(url, Accounts.open(tmp_path), tmp_path, now=LATER, weeks=1)
    old = worker_key.digest(story.later.keys[STATION.id])
    assert story.ask("SELECT revoked_at IS NOT NULL FROM worker_keys WHERE key_sha256 = %s", old)
    new = worker_key.digest(renewed.keys[STATION.id])
    assert story.ask("SELECT revoked_at IS NULL FROM worker_keys WHERE key_sha256 = %s", new)


def test_a_database_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="the database refused the demo tenant"):
        seed("postgresql://nobody@127.0.0.1:9/none?connect_timeout=2", Accounts.open(tmp_path), tmp_path)
