"""A database of their own for tests and benchmarks on a server that `DATABASE_URL` names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from db.timescale.migrate import upgrade


@contextmanager
def temporary_database(server: str, prefix: str) -> Iterator[str]:
    """Create a database, migrate it, and drop it at the end. Other databases on the server are not changed.

    Args:
        server: `postgresql://…` of a role that may create databases and roles.
        prefix: The beginning of the database's name. Eight random characters follow.

    Yields:
        The URL of the new database.

    Raises:
        psycopg.Error: The role may not create databases.
        MigrationError: The server is unsuitable.
    """
    with empty_database(server, prefix) as url:
        upgrade(url)
        yield url


@contextmanager
def empty_database(server: str, prefix: str) -> Iterator[str]:
    """Create a database without tables, and drop it at the end; as `temporary_database`, without its migration."""
    name = f"{prefix}_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            url = make_url(server).set(database=name).render_as_string(hide_password=False)
            yield url
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
