"""Logins of the Lambdas: one in each group role, made as docs/security.md says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from db.timescale.privileges import GROUP_ROLES

GROUPS = tuple(role for role in GROUP_ROLES if role != "metrica_analyst")


@contextmanager
def database_logins(url: str) -> Iterator[dict[str, str]]:
    """Make a login in each group role of a database.

    Yields:
        The URL of each login, by its group role.
    """
    made: dict[str, tuple[str, str]] = {group: (f"{group}_{uuid4().hex[:8]}", uuid4().hex) for group in GROUPS}
    with psycopg.connect(url, autocommit=True, prepare_threshold=None) as owner:
        for group, (name, password) in made.items():
            create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE {}")
            owner.execute(create.format(sql.Identifier(name), sql.Literal(password), sql.Identifier(group)))
        yield {group: _as(url, *login) for group, login in made.items()}
        for name, _ in made.values():
            owner.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def _as(url: str, name: str, password: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{name}:{password}@{parts.netloc.rpartition('@')[2]}").geturl()
