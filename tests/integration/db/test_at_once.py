"""Concurrent migrations and concurrent changes of analysts, on a server whose clients run in parallel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from db.timescale import analysts, migrate
from db.timescale.limits import MIGRATION_LOCK_KEY, REFRESH_LOCK_KEY
from tests.factories import make_store
from tests.several_backends import Upgrade
from tests.side_by_side import crossroads

Connection = psycopg.Connection[Any]
pytestmark = pytest.mark.xdist_group("several_backends")


@pytest.fixture
def url(several_backends_url: str) -> str:
    return several_backends_url


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    with psycopg.connect(url, autocommit=True) as opened:
        yield opened


@pytest.fixture
def empty_url(url: str, connection: Connection) -> Iterator[str]:
    """The URL of an empty database of the test's own."""
    name = f"test_{uuid4().hex}"
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield urlsplit(url)._replace(path=f"/{name}").geturl()
    connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


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
    connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(analysts.role_name(made))))


def on_a_connection_of_its_own(url: str, work: Callable[..., Any], *arguments: object) -> Callable[[], Any]:
    def run() -> Any:
        with psycopg.connect(url, autocommit=True) as own:
            return work(own, *arguments)

    return run


def test_an_analyst_who_is_granted_two_stores_at_once_is_one_role_that_reads_both(
    url: str, connection: Connection, name: str
) -> None:
    stores = [make_store(connection) for _ in range(2)]
    role = analysts.role_name(name)
    with crossroads(url, f"CREATE ROLE {role}") as held:
        grants = [held.start(on_a_connection_of_its_own(url, analysts.grant, name, store)) for store in stores]
        held.open()
        passwords = [grant.result().password for grant in grants]
    assert [password is None for password in passwords].count(True) == 1  # shown once
    assert stores_of(connection, role) == set(stores)


def test_a_store_granted_while_the_last_one_is_revoked_is_not_lost(url: str, connection: Connection, name: str) -> None:
    revoked, granted = (make_store(connection) for _ in range(2))
    analysts.grant(connection, name, revoked)
    role = analysts.role_name(name)
    with crossroads(url, "SELECT FROM analyst_grants WHERE role_name = %s FOR UPDATE", [role]) as held:
        revoke = held.start(on_a_connection_of_its_own(url, analysts.revoke, name, revoked))
        grant = held.start(on_a_connection_of_its_own(url, analysts.grant, name, granted))
        held.open()
        assert revoke.result() is True
        assert grant.result().password is not None
    assert stores_of(connection, role) == {granted}
    assert connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).rowcount == 1


def stores_of(connection: Connection, role: str) -> set[UUID]:
    return {
        store for analyst in analysts.list_analysts(connection) if analyst.role == role for store, _ in analyst.stores
    }
