"""A database whose owner is no superuser, as on a managed service, on a server whose clients run in parallel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from db.timescale import analysts, migrate, privileges
from tests.factories import make_store
from tests.several_backends import Upgrade

Connection = psycopg.Connection[Any]


@pytest.fixture
def owner_url(several_backends_url: str) -> Iterator[str]:
    """The URL of an empty database of an owner who may create roles and is no superuser."""
    owner, database = f"owner_{uuid4().hex[:8]}", f"test_{uuid4().hex}"
    name = sql.Identifier(owner)
    with psycopg.connect(several_backends_url, autocommit=True) as superuser:
        superuser.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD 'secret'").format(name))
        superuser.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), name))
        yield as_login(several_backends_url, owner, database)
        superuser.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))
        superuser.execute(sql.SQL("DROP ROLE {}").format(name))


def as_login(url: str, user: str, database: str) -> str:
    parts = make_url(url).set(username=user, password="secret", database=database)
    return parts.render_as_string(hide_password=False)


@pytest.fixture
def superuser_url(several_backends_url: str, owner_url: str) -> str:
    """The URL of the same database for a superuser."""
    database = make_url(owner_url).database
    return make_url(several_backends_url).set(database=database).render_as_string(hide_password=False)


def test_without_the_right_to_revoke_the_migration_warns_and_analysts_are_refused(
    owner_url: str, upgrade: Upgrade, capsys: pytest.CaptureFixture[str]
) -> None:
    assert migrate.main(["upgrade", owner_url]) == 0
    written = capsys.readouterr()
    assert written.out == f"schema: {migrate.head()} (newest: {migrate.head()})\n"
    assert written.err.startswith("Warning: ")
    assert "`metrica analyst grant` refuses" in written.err
    with psycopg.connect(owner_url, autocommit=True) as owner:
        store = make_store(owner)
        with pytest.raises(analysts.AnalystError, match=r"give the analyst the CSV or JSON export: GET /stores/"):
            analysts.grant(owner, "ada", store)
        assert owner.execute("SELECT FROM analysts").rowcount == 0


def test_after_a_superuser_has_revoked_the_owner_keeps_what_it_needs(
    owner_url: str, superuser_url: str, upgrade: Upgrade
) -> None:
    upgrade(owner_url)
    with psycopg.connect(superuser_url, autocommit=True) as superuser:
        privileges.apply(superuser)
        assert privileges.verify(superuser) == []
    upgrade(owner_url)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        assert privileges.verify(owner) == []
        owner.execute("SELECT acquire_refresh_lock(), release_refresh_lock()")
        owner.execute("DO $$ BEGIN PERFORM pg_relation_size('stores'); END $$")
        assert owner.execute("SELECT FROM pg_roles").rowcount > 0
