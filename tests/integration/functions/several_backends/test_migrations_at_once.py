"""A migration while boxes, owners and admins send requests: nothing is lost, and no request takes a second longer.

How long requests take says as much about how busy the machine is. So the same load runs before and after, without a
migration: what a migration costs is the difference. It is measured by the clock, in seconds of a machine with a core to
spare: where processes wait for a core, everything takes longer by the same factor.

The functions are those of this version. They work on the older schemas as long as they need nothing of the later
migrations, which is why requests start at different revisions.
"""

from __future__ import annotations

import math
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import psycopg
import pytest
from psycopg import sql

from db.timescale import migrate
from db.timescale.migrate import current, head
from tests.factories import make_member, make_store
from tests.integration.functions.ingest.box import Box, handler_for, make_box
from tests.integration.functions.several_backends.conftest import Lambdas
from tests.several_backends import Upgrade
from tests.temporary_database import empty_database

MAX_S = 1.0
"""No request may wait longer for a lock, or take so much longer than without a migration."""
CONTROL_S = 4.0
"""How long requests run without a migration, before it and after it: about as long as with it."""
SPIN = """
import select, sys, time

wall = cpu = 0.0
while not select.select([sys.stdin], [], [], 0.02)[0]:
    started, used = time.monotonic(), time.process_time()
    while time.process_time() - used < 0.003:
        pass
    wall += time.monotonic() - started
    cpu += time.process_time() - used
print(wall / cpu if cpu else 1.0)
"""
"""Until stdin is closed, works for 3 ms of CPU time every 20 ms. Prints the time that this took by the CPU time."""
MIN_ROUNDS = 5
"""Requests of each kind before the migration begins and after it has ended."""


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


@dataclass
class Load:
    """Requests in a loop, each timed.

    Attributes:
        seconds: How long each request took, by its kind.
        failures: What did not answer as it should.
    """

    requests: dict[str, Callable[[], int]]
    seconds: dict[str, list[float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Send requests of every kind in threads of their own during the block."""
        self.seconds = {name: [] for name in self.requests}
        with ThreadPoolExecutor(len(self.requests)) as pool:
            threads = [pool.submit(self._repeat, name, send) for name, send in self.requests.items()]
            try:
                self.wait_rounds(MIN_ROUNDS)
                yield
                self.wait_rounds(MIN_ROUNDS)
            finally:
                self._stop.set()
            for thread in threads:
                thread.result()

    def run(self, duration_s: float) -> None:
        """Send requests for some seconds."""
        with self.running():
            time.sleep(duration_s)

    def wait_rounds(self, rounds: int) -> None:
        """Wait until every kind was answered so many times more."""
        goal = {name: len(times) + rounds for name, times in self.seconds.items()}
        deadline = time.monotonic() + 60
        while any(len(self.seconds[name]) < goal[name] for name in goal):
            assert time.monotonic() < deadline, (self.seconds, self.failures)
            time.sleep(0.01)

    def _repeat(self, name: str, send: Callable[[], int]) -> None:
        while not self._stop.is_set():
            started = time.monotonic()
            status = send()
            self.seconds[name].append(time.monotonic() - started)
            if status != 200:
                self.failures.append(f"{name}: {status}")
            time.sleep(0.01)


@contextmanager
def busy_factor() -> Iterator[Callable[[], float]]:
    """Measure during the block how much longer than its CPU time a process takes, because others have the cores.

    A process of its own works for a few milliseconds at a time. The factor is 1 on a machine with a core to spare.
    """
    with subprocess.Popen([sys.executable, "-c", SPIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        found: list[float] = []
        try:
            yield lambda: found[0]
        finally:
            output, _ = process.communicate()
            found.append(max(1.0, float(output)))


@dataclass(frozen=True)
class WallTimes:
    """How long the requests of a kind took, by the clock, in seconds: without a migration, and with one."""

    kind: str
    without: list[float]
    during: list[float]

    @property
    def cost_s(self) -> float:
        """By how much the slowest request during the migration exceeds the slowest hundredth without one."""
        return max(self.during) - _p99(self.without)

    def __str__(self) -> str:
        parts = [
            f"{name}: {len(times)} requests, median {median(times) * 1000:.0f}, p99 {_p99(times) * 1000:.0f}, "
            f"longest {max(times) * 1000:.0f} ms"
            for name, times in (("without", self.without), ("during", self.during))
        ]
        return f"{self.kind}: {'; '.join(parts)}; ratio of the medians {median(self.during) / median(self.without):.2f}"


def _p99(times: list[float]) -> float:
    return sorted(times)[math.ceil(len(times) * 0.99) - 1]


def wall_times(controls: list[Load], load: Load) -> list[WallTimes]:
    """Compare a load during a migration with the same load without one, by the kind of the requests."""
    return [
        WallTimes(kind, [one for control in controls for one in control.seconds[kind]], times)
        for kind, times in load.seconds.items()
    ]


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
    assert waits.longest_s < MAX_S
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
