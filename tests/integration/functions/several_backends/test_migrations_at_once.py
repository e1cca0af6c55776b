"""A migration while boxes, owners and admins send requests: nothing is lost, and no request takes a second longer.

The same load runs before and after, without a migration: what a migration costs is the difference.

The functions are those of this version. They work on the older schemas as long as they need nothing of the later
migrations, which is why requests start at different revisions.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql

from db.timescale import migrate
from db.timescale.migrate import current, head
from tests.factories import make_member, make_store
from tests.integration.functions.ingest.box import Box, handler_for, make_box
from tests.integration.functions.several_backends.conftest import Lambdas
from tests.integration.functions.several_backends.timed_requests import MIN_ROUNDS, Load, busy_factor, wall_times
from tests.several_backends import Upgrade
from tests.temporary_database import empty_database

MAX_S = 1.0
"""No request may wait longer for a lock, or take so much longer than without a migration."""
CONTROL_S = 4.0
"""How long requests run without a migration, before it and after it: about as long as with it."""


@pytest.fixture
def old_database(database_url: str, upgrade: Upgrade, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database at an older revision, with a history that a rewrite of a table would take long for."""
    with empty_database(database_url, "metrica_test") as url:
        migrate.upgrade(url, request.param)
        with psycopg.connect(url, autocommit=True) as connection:
            _write_history(connection)
        yield url


def _write_history(connection: psycopg.Connection[Any]) -> None:
    box = make_box(connection, handler_for(connection.info.dsn))
    connection.execute(
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
        " SELECT now() - n * interval '20 seconds', %s, %s, gen_random_uuid(), 'IN' FROM generate_series(1, 200000) n",
        [box.camera_id, box.store_id],
    )
    connection.execute(
        "INSERT INTO audit_log (action, subject_type, after) SELECT 'x', 'y', '{}' FROM generate_series(1, 100000)"
    )
    connection.execute(
        "INSERT INTO public_holidays (store_id, day, name, is_closed)"
        " SELECT %s, date '1800-01-01' + n, 'Holiday', true FROM generate_series(1, 50000) n",
        [box.store_id],
    )


@contextmanager
def long_transaction(url: str, *tables: str) -> Iterator[threading.Event]:
    """Hold tables as somebody who reads them for a long time does, until the event is set."""
    done = threading.Event()
    with psycopg.connect(url) as reader:
        for table in tables:
            reader.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))

        def end() -> None:
            done.wait(60)
            reader.rollback()

        thread = threading.Thread(target=end)
        thread.start()
        try:
            yield done
        finally:
            done.set()
            thread.join()


class LockWaits:
    """How long requests wait for locks, as the server says it, looked at every 20 ms."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.longest_s = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch during the block."""
        stop = threading.Event()
        with psycopg.connect(self._url, autocommit=True) as connection, ThreadPoolExecutor(1) as pool:
            watching = pool.submit(self._watch, connection, stop)
            try:
                yield
            finally:
                stop.set()
            watching.result()

    def _watch(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        while not stop.wait(0.02):
            row = connection.execute(
                "SELECT coalesce(max(extract(epoch FROM clock_timestamp() - l.waitstart)), 0)::float8"
                " FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                " WHERE NOT l.granted AND a.datname = current_database() AND a.application_name LIKE 'metrica%'"
            ).fetchone()
            assert row is not None
            self.longest_s = max(self.longest_s, row[0])


class Sender:
    """A box that sends one crossing after another, each request with a process that has no key cached."""

    def __init__(self, url: str) -> None:
        self._url = url
        with psycopg.connect(url, autocommit=True) as connection:
            self.box = make_box(connection, handler_for(url))
        self.sent = 0

    def __call__(self) -> int:
        # A key is looked up again, as every 45 s and after a cold start, in the tables that are altered.
        ts = datetime.now(UTC) - timedelta(minutes=1)
        reply = Box(handler_for(self._url), self.box.store_id, self.box.camera_id, self.box.key).send(
            self.box.event(ts=ts.isoformat())
        )
        self.sent += reply.status == 200 and reply.body["inserted"] == 1
        return reply.status

    def stored(self) -> int:
        """Return how many of its crossings the database has."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            row = connection.execute("SELECT count(*) FROM events WHERE store_id = %s", [self.box.store_id]).fetchone()
        assert row is not None
        return int(row[0])


@pytest.mark.parametrize("old_database", ["0030_packed_store_days", "0032_wall_links"], indirect=True)
def test_requests_go_on_while_the_schema_is_migrated_behind_a_long_transaction(
    old_database: str, lambdas: Lambdas, request: pytest.FixtureRequest
) -> None:
    sender = Sender(old_database)
    requests: dict[str, Callable[[], int]] = {"ingest": sender}
    if "0032" in request.node.name:
        with psycopg.connect(old_database, autocommit=True) as connection:
            store_id = make_store(connection)
            owner = lambdas.owner(old_database, make_member(connection, store_id))
        admin = lambdas.admin_of(old_database)
        requests["owner"] = lambda: owner("GET", "/stores").status_code
        requests["admin"] = lambda: admin.client.get("/admin/stores", headers=admin.headers).status_code
    before, load, after, waits = Load(requests), Load(requests), Load(requests), LockWaits(old_database)
    before.run(CONTROL_S)
    with (
        busy_factor() as factor,
        load.running(),
        waits.watched(),
        long_transaction(old_database, "stores", "public_holidays", "incidents") as done,
    ):
        with ThreadPoolExecutor(1) as pool:
            migration = pool.submit(migrate.upgrade, old_database)
            time.sleep(3)
            assert not migration.done(), "it waits for the long transaction"
            done.set()
            migration.result(60)
        assert current(old_database) == head()
    after.run(CONTROL_S)
    assert [*before.failures, *load.failures, *after.failures] == []
    assert sender.sent > 2 * MIN_ROUNDS
    assert sender.stored() == sender.sent, "what a 200 said is stored"
    assert waits.longest_s < MAX_S * factor()
    for times in wall_times([before, after], load):
        print(f"{times}; busy factor {factor():.2f}")  # `pytest -s` shows the figures
        assert times.cost_s < MAX_S * factor(), str(times)


@pytest.mark.parametrize("old_database", ["0030_packed_store_days"], indirect=True)
def test_without_the_limit_requests_would_wait_for_the_long_transaction(
    old_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail: with a lock timeout that is long, requests queue up behind the migration."""
    monkeypatch.setattr("db.timescale.limits.MIGRATION_LOCK_TIMEOUT", timedelta(seconds=30))
    sender = Sender(old_database)
    control, load, waits = Load({"ingest": sender}), Load({"ingest": sender}), LockWaits(old_database)
    control.run(CONTROL_S)
    with (
        load.running(),
        waits.watched(),
        long_transaction(old_database, "stores") as done,
        ThreadPoolExecutor(1) as pool,
    ):
        migration = pool.submit(migrate.upgrade, old_database)
        time.sleep(2 * MAX_S)
        done.set()
        migration.result(60)
    assert waits.longest_s > MAX_S
    (ingest,) = wall_times([control], load)
    assert ingest.cost_s > MAX_S, str(ingest)
