"""Analysts: people or programs that read the hourly footfall of some stores in SQL.

Each analyst has a login role, a member of `metrica_analyst`. The role reads the views of the schema `analytics`, which
show the stores granted to it and nothing else. Every login of the server can see the names of all roles, so the role
of an analyst has a random name, and the table `analysts`, which only the owner reads, says whose it is.
"""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg import errors, sql

from db.timescale import privileges

Connection = psycopg.Connection[Any]

GROUP_ROLE = "metrica_analyst"
NAME_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,40}")
ROLE_SETTINGS: dict[LiteralString, LiteralString] = {
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
    "default_transaction_read_only": "on",
    "search_path": "analytics",
}
"""Defaults of every analyst's sessions, which a session can change. The job `end_long_analyst_statements` cannot be
avoided, and the roles have no privilege to write."""

CONNECTION_LIMIT = 5
"""How many connections an analyst may have at the same time."""

MAX_TEMPORARY_FILES = "1GB"
"""How much disk the statements of one session may use. Only a superuser can set it, and no analyst can change it."""

END_OF_SESSIONS_TIMEOUT_S = 10.0


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
    """An analyst, the role to log in with, and the stores that it may read, as (id, name), sorted by name."""

    name: str
    role: str
    stores: tuple[tuple[UUID, str], ...]


def grant(connection: Connection, name: str, store_id: UUID) -> Grant:
    """Grant a store to an analyst. Create the analyst and its role if they do not exist.

    Args:
        connection: A psycopg connection in autocommit mode, of a role that may create roles.
        name: Lower-case letters, digits and `_`, at most 41.
        store_id: The store.

    Raises:
        AnalystError: The store does not exist, the name is not valid, or a login could harm other stores.
    """
    _check_name(name)
    _check_privileges(connection)
    with connection.transaction():
        _lock_grants(connection)
        found = connection.execute(
            "SELECT name FROM stores WHERE id = %s AND archived_at IS NULL", [store_id]
        ).fetchone()
        if found is None:
            raise AnalystError(
                f"There is no store {store_id}: `metrica analyst list` and the admin pages show the ids."
            )
        role = _find_role(connection, name)
        if role is None:
            role = f"analyst_{secrets.token_hex(6)}"
            connection.execute("INSERT INTO analysts (role_name, name) VALUES (%s, %s)", [role, name])
        # A dump does not contain roles: after a restore on another server the role is missing.
        password = None if _allow_login(connection, role) else _create_role(connection, role)
        connection.execute(
            "INSERT INTO analyst_grants (role_name, store_id) VALUES (%s, %s) ON CONFLICT DO NOTHING", [role, store_id]
        )
    return Grant(role=role, password=password, store_name=str(found[0]))


def revoke(connection: Connection, name: str, store_id: UUID | None = None) -> bool:
    """Revoke one store from an analyst, or all of them. If no store is left, remove the analyst with its role.

    An open session cannot read a revoked store from its next statement on. The removal ends the sessions of the role,
    deletes the jobs that it added, and drops everything that it owns, in every database of the server.

    Args:
        connection: As of `grant`.
        name: The analyst's name.
        store_id: The store, or None for all of them.

    Returns:
        Whether the analyst was removed.

    Raises:
        AnalystError: The analyst does not exist, the store is not granted to it, or the role cannot be dropped. In the
            last case it can no longer log in.
    """
    _check_name(name)
    with connection.transaction():
        _lock_grants(connection)
        role = _find_role(connection, name)
        if role is None:
            raise AnalystError(f"There is no analyst {name}: `metrica analyst list` shows all of them.")
        revoked = connection.execute(
            "DELETE FROM analyst_grants"
            " WHERE role_name = %(role)s AND (%(store)s::uuid IS NULL OR store_id = %(store)s)",
            {"role": role, "store": store_id},
        ).rowcount
        if store_id is not None and revoked == 0:
            raise AnalystError(f"Store {store_id} is not granted to analyst {name}. Nothing was changed.")
        if connection.execute("SELECT FROM analyst_grants WHERE role_name = %s", [role]).rowcount:
            return False
        if _role_exists(connection, role):
            connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(role)))
    return _remove(connection, name, role)


def list_analysts(connection: Connection) -> list[Analyst]:
    """Return every analyst with its stores, sorted by name."""
    rows = connection.execute(
        "SELECT a.name, a.role_name, s.id, s.name FROM analysts a"
        " LEFT JOIN analyst_grants g USING (role_name) LEFT JOIN stores s ON s.id = g.store_id ORDER BY 1, 4, 3"
    ).fetchall()
    stores: dict[tuple[str, str], list[tuple[UUID, str]]] = {}
    for name, role, store_id, store_name in rows:
        granted = stores.setdefault((name, role), [])
        if store_id is not None:
            granted.append((store_id, store_name))
    return [Analyst(name=name, role=role, stores=tuple(granted)) for (name, role), granted in stores.items()]


def _check_name(name: str) -> None:
    if not NAME_PATTERN.fullmatch(name):
        raise AnalystError(
            f"{name!r} is not a name for an analyst: use a letter, then up to 40 letters, digits or _, in lower case."
        )


def _check_privileges(connection: Connection) -> None:
    found = privileges.verify(connection)
    if found:
        raise AnalystError(
            f"A login for an analyst could harm or reveal other stores: {len(found)} privileges are open to it, for "
            f"example {found[0]}. Nothing was changed. Run `metrica migrate` as a superuser. On a managed service, "
            "which has none, give the analyst the CSV or JSON export: GET /stores/{store_id}/footfall "
            "(docs/analysts.md)."
        )


def _lock_grants(connection: Connection) -> None:
    """Make other changes of roles and grants wait for the end of the transaction. Analysts can still read."""
    connection.execute("LOCK TABLE analyst_grants IN SHARE ROW EXCLUSIVE MODE")


def _find_role(connection: Connection, name: str) -> str | None:
    row = connection.execute("SELECT role_name FROM analysts WHERE name = %s", [name]).fetchone()
    return None if row is None else str(row[0])


def _role_exists(connection: Connection, role: str) -> bool:
    return connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).rowcount == 1


def _allow_login(connection: Connection, role: str) -> bool:
    """Let a role log in that a revocation at the same time has barred. Return whether the role exists."""
    if not _role_exists(connection, role):
        return False
    connection.execute(sql.SQL("ALTER ROLE {} LOGIN").format(sql.Identifier(role)))
    return True


def _create_role(connection: Connection, role: str) -> str:
    password = secrets.token_urlsafe(24)
    identifier = sql.Identifier(role)
    statement = sql.SQL("CREATE ROLE {role} LOGIN PASSWORD {password} CONNECTION LIMIT {limit} IN ROLE {group}").format(
        role=identifier,
        password=sql.Literal(password),
        limit=sql.Literal(CONNECTION_LIMIT),
        group=sql.Identifier(GROUP_ROLE),
    )
    settings = dict(ROLE_SETTINGS)
    if _is_superuser(connection):
        settings["temp_file_limit"] = MAX_TEMPORARY_FILES
    try:
        connection.execute(statement)
        for setting, value in settings.items():
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


def _remove(connection: Connection, name: str, role: str) -> bool:
    """Remove an analyst who has no store left and cannot log in. Return False if a store was granted meanwhile."""
    identifier = sql.Identifier(role)
    try:
        if _role_exists(connection, role):
            _end_sessions(connection, role)
            if not _is_superuser(connection):  # dropping what a role owns needs membership
                connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(identifier))
            _drop_owned(connection, role)
        with connection.transaction():
            _lock_grants(connection)
            if connection.execute("SELECT FROM analyst_grants WHERE role_name = %s", [role]).rowcount:
                return False
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(identifier))
            connection.execute("DELETE FROM analysts WHERE role_name = %s", [role])
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        raise AnalystError(
            f"{name} has no access any more, and the role {role} cannot log in, but the role could not be dropped: "
            f"{reason}. Remove what the message names, then repeat `metrica analyst revoke {name}`."
        ) from error
    return True


def _end_sessions(connection: Connection, role: str) -> None:
    query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s"
    give_up_at = time.monotonic() + END_OF_SESSIONS_TIMEOUT_S
    while connection.execute(query, [role]).rowcount and time.monotonic() < give_up_at:
        time.sleep(0.05)


def _drop_owned(connection: Connection, role: str) -> None:
    """Drop what a role owns, in this database and in the others of the server."""
    if connection.execute("SELECT FROM pg_extension WHERE extname = 'timescaledb'").rowcount:
        # PostgreSQL does not know that a job has an owner.
        connection.execute(
            "SELECT delete_job(job_id) FROM timescaledb_information.jobs WHERE owner::text = quote_ident(%s)", [role]
        )
    drop = sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role))
    connection.execute(drop)
    others = connection.execute(
        "SELECT DISTINCT d.datname FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid"
        " WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = %s::regrole AND d.datname <> current_database()",
        [role],
    ).fetchall()
    for (database,) in others:
        info = connection.info
        with psycopg.connect(info.dsn, password=info.password, dbname=database, autocommit=True) as other:
            other.execute(drop)


def _is_superuser(connection: Connection) -> bool:
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return row is not None and bool(row[0])
