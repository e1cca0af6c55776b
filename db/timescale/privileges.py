"""Revoke from every login what could harm or reveal the data of others.

`python -m db.timescale.privileges apply|verify|reset [URL]`

PostgreSQL and TimescaleDB let every login execute nearly every function: among them functions that drop chunks, add
jobs, take advisory locks, create large objects or tell the sizes of tables. `privileges.toml` lists what the logins of
this database need. `apply` revokes everything else and grants what is listed. `metrica migrate` runs it each time,
because an update of the TimescaleDB extension grants some privileges again.

On a managed service the database user may not revoke privileges on objects of the service. `verify` says what is still
open. The grants on our own tables are in the migrations.
"""

from __future__ import annotations

import argparse
import os
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import class_row

Connection = psycopg.Connection[Any]

ALLOW_LIST = Path(__file__).with_name("privileges.toml")
QUERIES = Path(__file__).with_name("privileges.sql")
PUBLIC = "public"
"""The name of every role in `has_function_privilege` and the like."""
GROUP_ROLES = (
    "metrica_ingest",
    "metrica_api",
    "metrica_admin",
    "metrica_maintenance",
    "metrica_incidents",
    "metrica_notifications",
    "metrica_analyst",
)
LOGINS = (PUBLIC, *GROUP_ROLES)
LANGUAGES = ("plpgsql", "sql")
"""Languages in which every login may write code, unless this is revoked."""


@dataclass(frozen=True)
class _Function:
    """A function that the allow-list has to name, and who can execute it."""

    name: str
    arguments: str
    signature: str
    is_ours: bool
    is_public_at_first: bool
    granted_to: list[str]
    executable_by: list[str]

    def allowed(self) -> set[str]:
        """Return the logins for which the list names the function."""
        names = {self.name, f"{self.name}({self.arguments})"}
        return {
            login
            for login in LOGINS
            if names & _allow_list(login, "functions") or any(fnmatchcase(self.name, p) for p in _patterns(login))
        }

    def open(self) -> set[str]:
        """Return the logins that can execute the function and should not."""
        allowed = self.allowed()
        return set() if PUBLIC in allowed else set(self.executable_by) - allowed


@dataclass(frozen=True)
class _Relation:
    """A table, view or sequence of PostgreSQL or of an extension, and what one login may do with it."""

    name: str
    qualified_name: str
    kind: str
    is_ours: bool
    is_public_at_first: bool
    columns: list[str]
    login: str
    privileges: list[str]
    readable_columns: list[str]

    def allowed(self) -> set[str]:
        """Return the columns that the login may read."""
        if not any(self.name in _allow_list(login, "tables") for login in {PUBLIC, self.login}):
            return set()
        return set(self.columns) - set(_hidden_columns(self.name))

    def open(self) -> list[str]:
        """Return what the login may do with the relation and should not, such as `UPDATE` or `SELECT (reltuples)`."""
        allowed = self.allowed()
        is_whole = bool(allowed) and not _hidden_columns(self.name)
        found = [privilege for privilege in self.privileges if not (privilege == "SELECT" and is_whole)]
        columns = [column for column in self.readable_columns if column not in allowed]
        return found or ([f"SELECT ({', '.join(columns)})"] if columns else [])


@cache
def read_allow_list() -> dict[str, Any]:
    """Return the content of `privileges.toml`: a table for everyone, and one for each role that needs more."""
    return tomllib.loads(ALLOW_LIST.read_text())


def apply(connection: Connection) -> None:
    """Revoke what the allow-list does not name, and grant what it names.

    Objects whose privileges this database user may not change stay as they are: see `verify`.

    Args:
        connection: A connection of the owner of the tables, or of a superuser.
    """
    with connection.transaction():
        owner = _ordinary_owner(connection)
        statements = [
            *_database_statements(connection, owner),
            *_function_statements(connection, owner),
            *_relation_statements(connection, owner),
        ]
        for statement in statements:
            connection.execute(statement)


def verify(connection: Connection) -> list[str]:
    """Return what a login could execute or read beyond the allow-list, such as `EXECUTE ON f(oid) TO public`."""
    found = [
        row[0] for row in connection.execute(_query("open"), {"logins": list(LOGINS), "languages": list(LANGUAGES)})
    ]
    for function in _functions(connection):
        found += [f"EXECUTE ON {function.signature} TO {login}" for login in _widest(function.open())]
    for name, relations in _relations(connection).items():
        privileges = {relation.login: ", ".join(relation.open()) for relation in relations if relation.open()}
        found += [f"{privileges[login]} ON {name} TO {login}" for login in _widest(set(privileges))]
    return found


def reset(connection: Connection) -> None:
    """Give the objects of PostgreSQL and of extensions the privileges that they had at first.

    `pg_upgrade` needs this: it fails on a revoked function that the new version does not have. `apply` afterwards.
    """
    with connection.transaction():
        roles = sql.SQL(", ").join(map(_role, LOGINS))
        for function in _functions(connection):
            if function.is_ours and function.is_public_at_first:
                routine = sql.SQL(function.signature)  # quoted by PostgreSQL
                connection.execute(sql.SQL("REVOKE ALL ON ROUTINE {} FROM {}").format(routine, roles))
                connection.execute(sql.SQL("GRANT EXECUTE ON ROUTINE {} TO PUBLIC").format(routine))
        for relations in _relations(connection).values():
            relation = relations[0]
            if relation.is_ours and relation.is_public_at_first:
                connection.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(_table(relation), roles))
                connection.execute(sql.SQL("GRANT SELECT ON {} TO PUBLIC").format(_table(relation)))
        for language in LANGUAGES:
            connection.execute(sql.SQL("GRANT USAGE ON LANGUAGE {} TO PUBLIC").format(sql.Identifier(language)))
        connection.execute("ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON ROUTINES TO PUBLIC")


def _database_statements(connection: Connection, owner: str | None) -> Iterator[sql.SQL | sql.Composed]:
    """Yield the statements for the database itself: a dump does not contain what was revoked on it."""
    database, roles = sql.Identifier(connection.info.dbname), sql.SQL(", ").join(map(_role, LOGINS))
    yield sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM {}").format(database, roles)
    yield sql.SQL("REVOKE CREATE ON SCHEMA public FROM {}").format(roles)
    # For functions that an update of an extension adds. The list is applied after it.
    yield sql.SQL("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC")
    if owner is not None and _is_superuser(connection):
        yield sql.SQL("GRANT pg_signal_backend TO {}").format(_role(owner))  # for end_long_analyst_statements
    for row in connection.execute(
        "SELECT lanname FROM pg_language WHERE lanname = ANY (%s) AND pg_has_role(lanowner, 'USAGE')", [list(LANGUAGES)]
    ):
        yield sql.SQL("REVOKE USAGE ON LANGUAGE {} FROM {}").format(sql.Identifier(row[0]), roles)
        if owner is not None:
            yield sql.SQL("GRANT USAGE ON LANGUAGE {} TO {}").format(sql.Identifier(row[0]), _role(owner))


def _function_statements(connection: Connection, owner: str | None) -> Iterator[sql.SQL | sql.Composed]:
    for function in _functions(connection):
        if not function.is_ours:
            continue
        routine = sql.SQL(function.signature)  # quoted by PostgreSQL
        allowed, granted = function.allowed(), set(function.granted_to)
        if PUBLIC in allowed:
            allowed = {PUBLIC}
        for login in granted - allowed:
            yield sql.SQL("REVOKE EXECUTE ON ROUTINE {} FROM {}").format(routine, _role(login))
        for login in allowed - granted:
            yield sql.SQL("GRANT EXECUTE ON ROUTINE {} TO {}").format(routine, _role(login))
        if owner is not None and PUBLIC in granted - allowed:
            yield sql.SQL("GRANT EXECUTE ON ROUTINE {} TO {}").format(routine, _role(owner))


def _relation_statements(connection: Connection, owner: str | None) -> Iterator[sql.SQL | sql.Composed]:
    for relations in _relations(connection).values():
        public = relations[0]
        wanted = {relation.login for relation in relations if relation.allowed()}
        wanted = {PUBLIC} if PUBLIC in wanted else wanted
        is_as_listed = all(
            set(relation.readable_columns) == relation.allowed() and not relation.open() for relation in relations
        )
        if not public.is_ours or is_as_listed:
            continue
        table, roles = _table(public), sql.SQL(", ").join(map(_role, LOGINS))
        yield sql.SQL("REVOKE ALL ON {} FROM {}").format(table, roles)
        if _hidden_columns(public.name):
            columns = sql.SQL(", ").join(
                sql.Identifier(column) for column in public.columns if column in public.allowed()
            )
            select = sql.SQL("SELECT ({})").format(columns)
        else:
            select = sql.SQL("SELECT").format()
        for login in sorted(wanted):
            yield sql.SQL("GRANT {} ON {} TO {}").format(select, table, _role(login))
        if owner is not None and public.is_public_at_first:
            yield sql.SQL("GRANT SELECT ON {} TO {}").format(table, _role(owner))


def _is_superuser(connection: Connection) -> bool:
    return connection.execute("SELECT FROM pg_roles WHERE rolname = current_user AND rolsuper").rowcount == 1


def _ordinary_owner(connection: Connection) -> str | None:
    """Return the owner of the tables, who keeps all privileges, or None if it is a superuser, who needs none."""
    row = connection.execute(
        "SELECT rolname FROM pg_roles JOIN pg_class c ON relowner = pg_roles.oid"
        " WHERE c.oid = 'public.events'::regclass AND NOT rolsuper"
    ).fetchone()
    return None if row is None else str(row[0])


def _functions(connection: Connection) -> list[_Function]:
    with connection.cursor(row_factory=class_row(_Function)) as cursor:
        return cursor.execute(_query("functions"), {"logins": list(LOGINS)}).fetchall()


def _relations(connection: Connection) -> dict[str, list[_Relation]]:
    """Return the rows of each relation, one for each login; the first is that of PUBLIC."""
    with connection.cursor(row_factory=class_row(_Relation)) as cursor:
        rows = cursor.execute(_query("relations"), {"logins": list(LOGINS)}).fetchall()
    found: dict[str, list[_Relation]] = {}
    for row in rows:
        found.setdefault(row.name, []).append(row)
    return found


@cache
def _allow_list(login: str, kind: str) -> frozenset[str]:
    section = "everyone" if login == PUBLIC else login
    return frozenset(read_allow_list().get(section, {}).get(kind, []))


@cache
def _patterns(login: str) -> tuple[str, ...]:
    return tuple(entry for entry in _allow_list(login, "functions") if "*" in entry)


def _hidden_columns(table: str) -> tuple[str, ...]:
    columns: list[str] = read_allow_list()["everyone"]["hidden_columns"].get(table, [])
    return tuple(columns)


@cache
def _query(name: str) -> LiteralString:
    """Return a query of `privileges.sql`; a line `-- name:` precedes each."""
    (text,) = [part for part in QUERIES.read_text().split("-- name: ") if part.startswith(f"{name}\n")]
    query: LiteralString = text.partition("\n")[2]  # a file of this package
    return query


def _role(login: str) -> sql.Composable:
    return sql.SQL("PUBLIC") if login == PUBLIC else sql.Identifier(login)


def _table(relation: _Relation) -> sql.Composable:
    kind = sql.SQL("SEQUENCE ") if relation.kind == "S" else sql.SQL("TABLE ")
    return kind + sql.SQL(relation.qualified_name)  # quoted by PostgreSQL


def _widest(logins: set[str]) -> list[str]:
    return [PUBLIC] if PUBLIC in logins else sorted(logins)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0, or 1 when `verify` found something.
    """
    parser = argparse.ArgumentParser(
        prog="python -m db.timescale.privileges", description="Revoke what logins do not need, or say what is open."
    )
    parser.add_argument("action", choices=["apply", "verify", "reset"])
    parser.add_argument("url", nargs="?", default=os.environ.get("DATABASE_URL"), help="default: $DATABASE_URL")
    parsed = parser.parse_args(arguments)
    if not parsed.url:
        parser.error("no database: give its URL, or set DATABASE_URL")
    with psycopg.connect(parsed.url, prepare_threshold=None) as connection:
        if parsed.action == "verify":
            found = verify(connection)
            print("\n".join(found) or "no login can execute or read more than it needs")
            return 1 if found else 0
        {"apply": apply, "reset": reset}[parsed.action](connection)
    return 0


if __name__ == "__main__":
    sys.exit(main())
