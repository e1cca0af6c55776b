"""A database of one's own on somebody's server, for tests and measurements: made, migrated, and dropped again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from db.timescale.migrate import upgrade


@contextmanager
def scratch_database(server: str, prefix: str) -> Iterator[str]:
    """URL of a migrated database with nothing in it; the databases that are on the server are not touched.

    Args:
        server: `postgresql://…` of a role that may create databases and roles; its database is only connected to.
        prefix: the name's beginning; eight random characters follow.

    Raises:
        psycopg.Error: the role may not.
        MigrationError: the server is unsuitable.
    """
    name = f"{prefix}_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            url = make_url(server).set(database=name).render_as_string(hide_password=False)
            upgrade(url)
            yield url
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
