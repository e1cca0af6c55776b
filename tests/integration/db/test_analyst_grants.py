"""Grants to analysts and their revocation: the role, its password, its sessions, and what it owns."""

from __future__ import annotations

from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from db.timescale.analysts import AnalystError, grant, list_analysts, revoke
from tests.factories import make_store


def test_grants_are_listed_and_the_last_revocation_drops_the_role(connection: psycopg.Connection[Any]) -> None:
    first, second = make_store(connection, name="A"), make_store(connection, name="B")
    name = f"c{uuid4().hex[:12]}"
    access = grant(connection, name, first)
    assert access.password
    assert grant(connection, name, second).role == access.role
    listed = {analyst.name: analyst for analyst in list_analysts(connection)}
    assert listed[name].role == access.role
    assert listed[name].stores == ((first, "A"), (second, "B"))
    assert revoke(connection, name, first) is False
    assert revoke(connection, name, second) is True
    assert name not in {analyst.name for analyst in list_analysts(connection)}
    assert not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [access.role]).rowcount
    with pytest.raises(AnalystError, match="There is no analyst"):
        revoke(connection, name)


def test_an_analyst_whose_role_is_missing_after_a_restore_gets_a_new_password(
    connection: psycopg.Connection[Any], database_url: str
) -> None:
    name, store = f"g{uuid4().hex[:12]}", make_store(connection)
    role = grant(connection, name, store).role
    connection.execute(f"DROP ROLE {role}".encode())
    restored = grant(connection, name, store)
    assert restored.role == role
    with psycopg.connect(database_url, user=role, password=restored.password) as analyst:
        assert analyst.execute("SELECT store_id FROM stores").fetchall() == [(store,)]
    revoke(connection, name)


def test_a_revocation_ends_the_sessions_of_the_role(connection: psycopg.Connection[Any], database_url: str) -> None:
    name = f"k{uuid4().hex[:12]}"
    access = grant(connection, name, make_store(connection))
    analyst = psycopg.connect(database_url, user=access.role, password=access.password, autocommit=True)
    revoke(connection, name)
    with pytest.raises(psycopg.OperationalError):
        analyst.execute("SELECT * FROM stores")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(database_url, user=access.role, password=access.password)


def test_a_revocation_removes_what_the_role_owns(connection: psycopg.Connection[Any]) -> None:
    name = f"l{uuid4().hex[:12]}"
    role = grant(connection, name, make_store(connection)).role
    number = value(connection, "SELECT lo_create(0)")
    connection.execute(f"ALTER LARGE OBJECT {number} OWNER TO {role}".encode())
    connection.execute(f"CREATE TABLE public.table_of_{role} ()".encode())
    connection.execute(f"ALTER TABLE public.table_of_{role} OWNER TO {role}".encode())
    # What the role did before `metrica migrate` revoked it.
    for function in ("public.add_job", "public.refresh_aggregates"):
        signatures = connection.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname || '.' || p.proname = %s",
            [function],
        ).fetchall()
        for (signature,) in signatures:
            connection.execute(f"GRANT EXECUTE ON ROUTINE {signature} TO {role}".encode())
    connection.execute(f"SET ROLE {role}".encode())
    job = value(connection, "SELECT public.add_job('public.refresh_aggregates', '1 day', scheduled => false)")
    connection.execute("RESET ROLE")
    assert revoke(connection, name) is True
    assert not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).rowcount
    assert not connection.execute("SELECT FROM pg_largeobject_metadata WHERE oid = %s", [number]).rowcount
    assert not connection.execute("SELECT FROM timescaledb_information.jobs WHERE job_id = %s", [job]).rowcount


def value(connection: psycopg.Connection[Any], query: LiteralString) -> Any:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_a_role_that_cannot_be_dropped_has_no_access(connection: psycopg.Connection[Any], database_url: str) -> None:
    name = f"m{uuid4().hex[:12]}"
    access = grant(connection, name, make_store(connection))
    give_database = sql.SQL("ALTER DATABASE {} OWNER TO {}").format
    database, owner = sql.Identifier(connection.info.dbname), sql.Identifier(connection.info.user)
    connection.execute(give_database(database, sql.Identifier(access.role)))
    try:
        with pytest.raises(AnalystError, match=f"{name} has no access any more.*then repeat `metrica analyst revoke"):
            revoke(connection, name)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(database_url, user=access.role, password=access.password)
        assert not connection.execute("SELECT FROM analyst_grants WHERE role_name = %s", [access.role]).rowcount
    finally:
        connection.execute(give_database(database, owner))
    assert revoke(connection, name) is True


def test_an_open_session_cannot_read_a_store_after_its_revocation(
    connection: psycopg.Connection[Any], database_url: str
) -> None:
    first, second = make_store(connection), make_store(connection)
    name = f"d{uuid4().hex[:12]}"
    access = grant(connection, name, first)
    grant(connection, name, second)
    with psycopg.connect(database_url, user=access.role, password=access.password, autocommit=True) as analyst:
        assert len(analyst.execute("SELECT * FROM stores").fetchall()) == 2
        revoke(connection, name, first)
        assert analyst.execute("SELECT store_id FROM stores").fetchall() == [(second,)]
    revoke(connection, name)


@pytest.mark.parametrize("name", ["", "Robert'); DROP TABLE stores;--", "a b", "ä", "9a", "x" * 60])
def test_a_name_that_cannot_be_a_role_is_refused(connection: psycopg.Connection[Any], name: str) -> None:
    with pytest.raises(AnalystError, match="is not a name for an analyst"):
        grant(connection, name, UUID(int=0))


def test_an_unknown_store_is_refused(connection: psycopg.Connection[Any]) -> None:
    with pytest.raises(AnalystError, match="There is no store"):
        grant(connection, "somebody", uuid4())
