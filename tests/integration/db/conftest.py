"""What tests of this folder share: a database of an older version, and sessions of every group role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from db.timescale.analysts import grant, revoke
from db.timescale.embedded.launcher import running
from db.timescale.migrate import upgrade
from db.timescale.privileges import GROUP_ROLES
from tests.factories import make_store

Connection = psycopg.Connection[Any]


@pytest.fixture
def old_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an embedded database at the revision that is the parameter."""
    with running(tmp_path_factory.mktemp("old-database") / "data", jobs_every_s=0, durable=False) as server:
        upgrade(server.url, request.param)
        yield server.url


@pytest.fixture(scope="module")
def owner(database_url: str) -> Iterator[Connection]:
    with psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as connection:
        yield connection


@pytest.fixture(scope="module")
def analyst_url(owner: Connection, database_url: str) -> Iterator[str]:
    """The URL of an analyst of another store."""
    name = f"p{uuid4().hex[:12]}"
    access = grant(owner, name, make_store(owner, name="Own store"))
    parts = urlsplit(database_url)
    login = f"{access.role}:{quote(access.password or '')}@{parts.netloc.rpartition('@')[2]}"
    yield parts._replace(netloc=login).geturl()
    revoke(owner, name)


@pytest.fixture(scope="module")
def sessions(owner: Connection, database_url: str, analyst_url: str) -> Iterator[dict[str, Connection]]:
    """A session of a login in each group role; that of the analyst has switched off what a session can."""
    logins = {group: (f"login_{uuid4().hex[:8]}", uuid4().hex) for group in GROUP_ROLES if group != "metrica_analyst"}
    create, drop = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE {}"), sql.SQL("DROP ROLE {}")
    with ExitStack() as stack:
        opened = {"metrica_analyst": stack.enter_context(psycopg.connect(analyst_url, autocommit=True))}
        opened["metrica_analyst"].execute("SET default_transaction_read_only = off")
        for group, (name, password) in logins.items():
            owner.execute(create.format(sql.Identifier(name), sql.Literal(password), sql.Identifier(group)))
            stack.callback(owner.execute, drop.format(sql.Identifier(name)))
            session = psycopg.connect(database_url, user=name, password=password, autocommit=True)
            opened[group] = stack.enter_context(session)
        yield opened
