"""Concurrent migrations and concurrent changes of analysts, on a server whose clients run in parallel."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from db.timescale import analysts, migrate
from db.timescale.limits import MIGRATION_LOCK_KEY, REFRESH_LOCK_KEY
from tests.factories import make_store
from tests.several_backends import Upgrade
from tests.side_by_side import crossroads
from tests.temporary_database import empty_database

Connection = psycopg.Connection[Any]


@pytest.fixture
def url(several_backends_url: str) -> str:
    return several_backends_url


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    with psycopg.connect(url, autocommit=True) as opened:
        yield opened


@pytest.fixture
def empty_url(url: str) -> Iterator[str]:
    """The URL of an empty database of the test's own."""
    with empty_database(url, "test") as made:
        yield made


def test_concurrent_migrations_of_a_database_run_once(empty_url: str, upgrade: Upgrade) -> None:
    hold = f"SELECT pg_advisory_lock({MIGRATION_LOCK_KEY})"
    with crossroads(empty_url, hold) as held:
        runs = [held.start(lambda: upgrade(empty_url)) for _ in range(3)]
        held.end()
        for run in runs:
            run.result()
    assert migrate.current(empty_url) == migrate.head()


def test_a_refresh_ends_an_idle_session_that_holds_the_lock(url: str, connection: Connection) -> None:
    with psycopg.connect(url, autocommit=True) as failed:
        failed.execute("SELECT acquire_refresh_lock()")
        connection.execute("SELECT acquire_refresh_lock('200 milliseconds')")
        with pytest.raises(psycopg.errors.AdminShutdown):
            failed.execute("SELECT 1")
    connection.execute("SELECT release_refresh_lock()")


def test_a_refresh_waits_for_a_session_that_refreshes(url: str, connection: Connection) -> None:
    refreshing = on_a_connection_of_its_own(url, lambda own: own.execute("SELECT acquire_refresh_lock(), pg_sleep(1)"))
    with ThreadPoolExecutor() as pool:
        first = pool.submit(refreshing)
        while not connection.execute("SELECT FROM pg_locks WHERE objid = %s", [REFRESH_LOCK_KEY]).rowcount:
            assert not first.done()
        connection.execute("SELECT acquire_refresh_lock('0 seconds')")
        first.result()  # it was not ended
    connection.execute("SELECT release_refresh_lock()")


@pytest.fixture
def name(connection: Connection) -> Iterator[str]:
    """The name of an analyst who does not exist yet."""
    made = f"t{uuid4().hex[:12]}"
    yield made
    if connection.execute("SELECT FROM analysts WHERE name = %s", [made]).rowcount:
        analysts.revoke(connection, made)


def on_a_connection_of_its_own(url: str, work: Callable[..., Any], *arguments: object) -> Callable[[], Any]:
    def run() -> Any:
        with psycopg.connect(url, autocommit=True) as own:
            return work(own, *arguments)

    return run


def test_an_analyst_who_is_granted_two_stores_at_once_is_one_role_that_reads_both(
    url: str, connection: Connection, name: str
) -> None:
    stores = [make_store(connection) for _ in range(2)]
    with crossroads(url, "LOCK TABLE analyst_grants IN SHARE ROW EXCLUSIVE MODE") as held:
        grants = [held.start(on_a_connection_of_its_own(url, analysts.grant, name, store)) for store in stores]
        held.open()
        passwords = [grant.result().password for grant in grants]
    assert [password is None for password in passwords].count(True) == 1  # shown once
    assert stores_of(connection, name) == set(stores)


def test_a_store_granted_while_the_last_one_is_revoked_is_not_lost(url: str, connection: Connection, name: str) -> None:
    revoked, granted = (make_store(connection) for _ in range(2))
    role = analysts.grant(connection, name, revoked).role
    with crossroads(url, "SELECT FROM analyst_grants WHERE role_name = %s FOR UPDATE", [role]) as held:
        revoke = held.start(on_a_connection_of_its_own(url, analysts.revoke, name, revoked))
        grant = held.start(on_a_connection_of_its_own(url, analysts.grant, name, granted))
        held.open()
        is_removed, access = revoke.result(), grant.result()
    # Either the role was dropped before, and the new one has a password, or it was kept.
    assert is_removed is (access.password is not None)
    assert stores_of(connection, name) == {granted}
    assert connection.execute("SELECT FROM pg_roles WHERE rolname = %s AND rolcanlogin", [access.role]).rowcount == 1


def test_a_revocation_ends_sessions_and_removes_what_the_role_owns_in_every_database(
    url: str, connection: Connection, name: str
) -> None:
    access = analysts.grant(connection, name, make_store(connection))
    role, other = sql.Identifier(access.role), f"test_{uuid4().hex}"
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(other)))
    with psycopg.connect(url, dbname=other, autocommit=True) as elsewhere:
        elsewhere.execute(sql.SQL("CREATE SCHEMA AUTHORIZATION {}").format(role))
    with psycopg.connect(url, user=access.role, password=access.password, autocommit=True) as session:
        assert analysts.revoke(connection, name) is True
        with pytest.raises(psycopg.errors.AdminShutdown):
            session.execute("SELECT 1")
    assert not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [access.role]).rowcount
    connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(other)))


@pytest.fixture
def analyst(url: str, connection: Connection, name: str) -> Iterator[Connection]:
    """The session of an analyst who has switched the limits of the session off."""
    access = analysts.grant(connection, name, make_store(connection))
    with psycopg.connect(url, user=access.role, password=access.password, autocommit=True) as opened:
        for setting in ("statement_timeout", "idle_in_transaction_session_timeout"):
            opened.execute(f"SET {setting} = 0".encode())
        yield opened


def end_long_statements(connection: Connection) -> None:
    """Run the job with limits that a test can wait for."""
    limits = {"statement": "200 milliseconds", "idle_in_transaction": "200 milliseconds", "transaction": "2 seconds"}
    connection.execute("CALL end_long_analyst_statements(0, %s)", [Jsonb(limits)])


def test_the_job_ends_a_long_statement_of_an_analyst(connection: Connection, analyst: Connection) -> None:
    with ThreadPoolExecutor() as pool:
        running = pool.submit(analyst.execute, "SELECT count(*) FROM generate_series(1, 10000000000)")
        while not running.done():  # it has to have begun, and to be long
            time.sleep(0.05)
            end_long_statements(connection)
        with pytest.raises(psycopg.errors.AdminShutdown):
            running.result()


def test_the_job_ends_a_transaction_of_an_analyst_that_is_idle(connection: Connection, analyst: Connection) -> None:
    analyst.execute("BEGIN")
    time.sleep(0.5)
    end_long_statements(connection)
    with pytest.raises(psycopg.errors.AdminShutdown):
        analyst.execute("SELECT 1")


def test_the_job_ends_a_long_transaction_of_short_statements(connection: Connection, analyst: Connection) -> None:
    give_up_at = time.monotonic() + 10

    def read_again_and_again() -> None:
        while time.monotonic() < give_up_at:
            analyst.execute("SELECT 1")
            end_long_statements(connection)
            time.sleep(0.05)

    analyst.execute("BEGIN")
    with pytest.raises(psycopg.errors.AdminShutdown):
        read_again_and_again()


def test_the_job_ends_no_other_session(url: str, connection: Connection, analyst: Connection) -> None:
    with psycopg.connect(url) as owner:
        owner.execute("SELECT 1")
        analyst.execute("SELECT store_id FROM analytics.stores")
        time.sleep(0.5)
        end_long_statements(connection)
        owner.execute("SELECT 1")
        analyst.execute("SELECT 1")


def stores_of(connection: Connection, name: str) -> set[UUID]:
    return {
        store for analyst in analysts.list_analysts(connection) if analyst.name == name for store, _ in analyst.stores
    }
