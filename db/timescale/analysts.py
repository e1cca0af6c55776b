"""Analysts: people or programs that read the hourly footfall of some stores in SQL.

Each analyst has a login role, a member of `metrica_analyst`. The role reads the views of the schema `analytics`, which
show the stores granted to it and nothing else.
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

GROUP_ROLE = "metrica_analyst"
NAME_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,40}")
ROLE_SETTINGS: dict[LiteralString, LiteralString] = {
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
    "default_transaction_read_only": "on",
    "search_path": "analytics",
}
"""Settings of every analyst's sessions. They protect the server against accidents; the views separate the stores."""

CONNECTION_LIMIT = 5
"""How many connections an analyst may have at the same time."""


class AnalystError(Exception):
    """The analyst cannot be granted or revoked; the message says why and what to do."""


@dataclass(frozen=True)
class Grant:
    """The result of `grant`.

    Attributes:
        role: The name to log in with.
        password: The password of a new role, or None if the role existed. It cannot be read again.
        store_name: The name of the granted store.
    """

    role: str
    password: str | None
    store_name: str


@dataclass(frozen=True)
class Analyst:
    """A role and the stores that it may read, as (id, name), sorted by name."""

    role: str
    stores: tuple[tuple[UUID, str], ...]


def grant(connection: Connection, name: str, store_id: UUID) -> Grant:
    """Grant a store to an analyst. Create the analyst's role if it does not exist.

    Args:
        connection: A psycopg connection in autocommit mode, of a role that may create roles.
        name: Lower-case letters, digits and `_`, at most 41. The role is `analyst_<name>`.
        store_id: The store.

    Raises:
        AnalystError: The store does not exist, or the name is not valid.
    """
    role = role_name(name)
    with connection.transaction():
        _lock_grants(connection)
        found = connection.execute(
            "SELECT name FROM stores WHERE id = %s AND archived_at IS NULL", [store_id]
        ).fetchone()
        if found is None:
            raise AnalystError(
                f"There is no store {store_id}: `metrica analyst list` and the admin pages show the ids."
            )
        password = None if _role_exists(connection, role) else _create_role(connection, role)
        connection.execute(
            "INSERT INTO analyst_grants (role_name, store_id) VALUES (%s, %s) ON CONFLICT DO NOTHING", [role, store_id]
        )
    return Grant(role=role, password=password, store_name=str(found[0]))


def revoke(connection: Connection, name: str, store_id: UUID | None = None) -> bool:
    """Revoke one store from an analyst, or all of them. Drop the role if no store is left.

    An open session cannot read a revoked store from its next statement on.

    Args:
        connection: As of `grant`.
        name: The analyst's name.
        store_id: The store, or None for all of them.

    Returns:
        Whether the role was dropped.

    Raises:
        AnalystError: The analyst does not exist, or the store is not granted to it.
    """
    role = role_name(name)
    with connection.transaction():
        _lock_grants(connection)
        if not _role_exists(connection, role):
            raise AnalystError(f"There is no analyst {name}: `metrica analyst list` shows all of them.")
        revoked = connection.execute(
            "DELETE FROM analyst_grants"
            " WHERE role_name = %(role)s AND (%(store)s::uuid IS NULL OR store_id = %(store)s)",
            {"role": role, "store": store_id},
        ).rowcount
        if store_id is not None and revoked == 0:
            raise AnalystError(f"Store {store_id} is not granted to analyst {name}. Nothing was changed.")
        if connection.execute("SELECT 1 FROM analyst_grants WHERE role_name = %s", [role]).fetchone():
            return False
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    return True


def list_analysts(connection: Connection) -> list[Analyst]:
    """Return every analyst with its stores, sorted by name."""
    rows = connection.execute(
        "SELECT g.role_name, s.id, s.name FROM analyst_grants g JOIN stores s ON s.id = g.store_id ORDER BY 1, 3, 2"
    ).fetchall()
    stores: dict[str, list[tuple[UUID, str]]] = {}
    for role, store_id, store_name in rows:
        stores.setdefault(role, []).append((store_id, store_name))
    return [Analyst(role=role, stores=tuple(granted)) for role, granted in stores.items()]


def role_name(name: str) -> str:
    """Return the SQL role of an analyst.

    Raises:
        AnalystError: The name is not valid.

    >>> role_name("maria")
    'analyst_maria'
    """
    plain = name.removeprefix("analyst_")
    if not NAME_PATTERN.fullmatch(plain):
        raise AnalystError(
            f"{name!r} is not a name for an analyst: use a letter, then up to 40 letters, digits or _, in lower case."
        )
    return f"analyst_{plain}"


def _lock_grants(connection: Connection) -> None:
    """Make other changes of roles and grants wait for the end of the transaction. Analysts can still read."""
    connection.execute("LOCK TABLE analyst_grants IN SHARE ROW EXCLUSIVE MODE")


def _role_exists(connection: Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def _create_role(connection: Connection, role: str) -> str:
    password = secrets.token_urlsafe(24)
    identifier = sql.Identifier(role)
    statement = sql.SQL("CREATE ROLE {role} LOGIN PASSWORD {password} CONNECTION LIMIT {limit} IN ROLE {group}").format(
        role=identifier,
        password=sql.Literal(password),
        limit=sql.Literal(CONNECTION_LIMIT),
        group=sql.Identifier(GROUP_ROLE),
    )
    try:
        connection.execute(statement)
        for setting, value in ROLE_SETTINGS.items():
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
