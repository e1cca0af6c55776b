"""Analysts: people or programs that read the hourly figures of some stores in SQL.

Each is a login role of its own, a member of `metrica_analyst`: it reads the views of the schema `analytics`, which show
the stores granted to it and nothing else.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg import errors, sql

Connection = psycopg.Connection[Any]

GROUP = "metrica_analyst"
NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
SETTINGS: dict[LiteralString, LiteralString] = {
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
    "default_transaction_read_only": "on",
    "search_path": "analytics",
}
"""Of every analyst's sessions: they guard the server against accidents; what keeps stores apart are the views."""
CONNECTIONS = 5


class AnalystError(Exception):
    """The analyst cannot be granted or revoked; the message says why and what to do."""


@dataclass(frozen=True)
class Granted:
    """What `grant` made.

    Attributes:
        role: the name to log in with.
        password: of a new role, shown this once; None when the role was there already.
        store_name: the store that it now sees.
    """

    role: str
    password: str | None
    store_name: str


@dataclass(frozen=True)
class Analyst:
    """A role and the stores it sees, as (id, name), by name."""

    role: str
    stores: tuple[tuple[UUID, str], ...]


def grant(connection: Connection, name: str, store_id: UUID) -> Granted:
    """Let an analyst see a store; makes the role when it is new.

    Args:
        connection: psycopg, autocommit, of a role that may create roles.
        name: lower-case letters, digits and `_`, at most 41; the role is `analyst_<name>`.

    Raises:
        AnalystError: no such store, or not a name.
    """
    role = role_of(name)
    with connection.transaction():
        _let_others_wait(connection)
        found = connection.execute(
            "SELECT name FROM stores WHERE id = %s AND archived_at IS NULL", [store_id]
        ).fetchone()
        if found is None:
            raise AnalystError(
                f"There is no store {store_id}: `metrica analyst list` and the admin pages show the ids."
            )
        password = None if _exists(connection, role) else _create(connection, role)
        connection.execute(
            "INSERT INTO analyst_grants (role_name, store_id) VALUES (%s, %s) ON CONFLICT DO NOTHING", [role, store_id]
        )
    return Granted(role=role, password=password, store_name=str(found[0]))


def revoke(connection: Connection, name: str, store_id: UUID | None = None) -> bool:
    """Take one store away from an analyst, or (without `store_id`) all of them and the role itself.

    A session that is open sees nothing more from its next statement on.

    Returns:
        whether the role was dropped: it is when it sees no store any more.

    Raises:
        AnalystError: the analyst does not exist, or does not see that store.
    """
    role = role_of(name)
    with connection.transaction():
        _let_others_wait(connection)
        if not _exists(connection, role):
            raise AnalystError(f"There is no analyst {name}: `metrica analyst list` shows who there is.")
        taken = connection.execute(
            "DELETE FROM analyst_grants"
            " WHERE role_name = %(role)s AND (%(store)s::uuid IS NULL OR store_id = %(store)s)",
            {"role": role, "store": store_id},
        ).rowcount
        if store_id is not None and taken == 0:
            raise AnalystError(f"Analyst {name} does not see store {store_id}; nothing was changed.")
        if connection.execute("SELECT 1 FROM analyst_grants WHERE role_name = %s", [role]).fetchone():
            return False
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    return True


def list_analysts(connection: Connection) -> list[Analyst]:
    """Every analyst with its stores, by name."""
    rows = connection.execute(
        "SELECT g.role_name, s.id, s.name FROM analyst_grants g JOIN stores s ON s.id = g.store_id ORDER BY 1, 3, 2"
    ).fetchall()
    stores: dict[str, list[tuple[UUID, str]]] = {}
    for role, store_id, store_name in rows:
        stores.setdefault(role, []).append((store_id, store_name))
    return [Analyst(role=role, stores=tuple(seen)) for role, seen in stores.items()]


def role_of(name: str) -> str:
    """The SQL role of an analyst.

    >>> role_of("maria")
    'analyst_maria'
    """
    plain = name.removeprefix("analyst_")
    if not NAME.fullmatch(plain):
        raise AnalystError(
            f"{name!r} is not a name for an analyst: lower-case letters, digits and _, at most 41, a letter first."
        )
    return f"analyst_{plain}"


def _let_others_wait(connection: Connection) -> None:
    """Until the transaction ends: roles and grants are looked at before they are changed. Analysts go on reading."""
    connection.execute("LOCK TABLE analyst_grants IN SHARE ROW EXCLUSIVE MODE")


def _exists(connection: Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def _create(connection: Connection, role: str) -> str:
    password = secrets.token_urlsafe(24)
    identifier = sql.Identifier(role)
    statement = sql.SQL("CREATE ROLE {role} LOGIN PASSWORD {password} CONNECTION LIMIT {limit} IN ROLE {group}").format(
        role=identifier,
        password=sql.Literal(password),
        limit=sql.Literal(CONNECTIONS),
        group=sql.Identifier(GROUP),
    )
    try:
        connection.execute(statement)
        for setting, value in SETTINGS.items():
            connection.execute(
                sql.SQL("ALTER ROLE {role} SET {setting} = {value}").format(
                    role=identifier, setting=sql.Identifier(setting), value=sql.Literal(value)
                )
            )
    except errors.InsufficientPrivilege as error:
        raise AnalystError(
            "This database user may not create roles: use one with CREATEROLE in DATABASE_URL."
        ) from error
    return password
