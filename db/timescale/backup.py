"""Back up and restore the database, with the programs `pg_dump` and `pg_restore` of PostgreSQL.

A backup is a file in PostgreSQL's custom format. TimescaleDB's catalogue is restored between
`timescaledb_pre_restore()` and `timescaledb_post_restore()`, so that hypertables, aggregates and jobs are what they
were. The privileges are revoked and checked again afterwards: a dump does not contain what was revoked on the database
itself.

Roles belong to the server, not to the database. The group roles are created; logins of functions and analysts are not
in a backup.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from db.timescale import migrate, privileges


class BackupError(Exception):
    """A backup cannot be made or restored; the message says why and what to do, without a password."""


@dataclass(frozen=True, slots=True)
class RestoredDatabase:
    """What was restored.

    Attributes:
        revision: The revision of the schema.
        open_privileges: What logins can do and should not, because this user may not revoke it; usually nothing.
    """

    revision: str
    open_privileges: list[str]


def dump_database(url: str, file: Path, programs: Path | None = None) -> None:
    """Write a database into a file, which appears only when it is complete. The database may be in use.

    Args:
        url: The database, with the login of the owner of its tables.
        file: The file, readable by its owner only. It is replaced if it exists.
        programs: The folder of `pg_dump`; by default it is found on PATH.

    Raises:
        BackupError: The database cannot be read, or the file cannot be written.
    """
    draft = file.with_name(f".{file.name}.unfinished")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.touch(mode=0o600)
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}") from error
    try:
        _run(_program("pg_dump", programs), url, ["--format=custom", f"--file={draft}"])
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def restore_database(url: str, file: Path, programs: Path | None = None) -> RestoredDatabase:
    """Restore a backup into an empty database, bring it to the newest schema and check the privileges.

    Args:
        url: The empty database, with the login that is to own the tables.
        file: A file that `dump_database` has written.
        programs: The folder of `pg_restore`; by default it is found on PATH.

    Raises:
        BackupError: The database is not empty, or the file cannot be restored.
    """
    if not file.is_file():
        raise BackupError(f"there is no backup {file}")
    program = _program("pg_restore", programs)
    try:
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
            _require_empty(connection)
            connection.execute("CREATE EXTENSION IF NOT EXISTS timescaledb")
            _create_group_roles(connection)
            connection.execute("SELECT timescaledb_pre_restore()")
        # pre_restore sets this for new sessions of the database; the embedded server has one session for all.
        _run(program, url, ["--no-owner", "--exit-on-error", str(file)], {"PGOPTIONS": "-c timescaledb.restoring=on"})
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
            connection.execute("SELECT timescaledb_post_restore()")
        migrate.upgrade(url)
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
            return RestoredDatabase(migrate.head(), privileges.verify(connection))
    except (psycopg.Error, migrate.MigrationError) as error:
        raise BackupError(f"the database refused: {' '.join(str(error).split())}") from error


def restore_plain_database(url: str, file: Path, programs: Path | None = None) -> None:
    """Restore a backup of a database without TimescaleDB into an empty one, such as that of the auth server.

    Raises:
        BackupError: The file cannot be restored.
    """
    if not file.is_file():
        raise BackupError(f"there is no backup {file}")
    _run(_program("pg_restore", programs), url, ["--no-owner", "--no-privileges", "--exit-on-error", str(file)])


def _require_empty(connection: psycopg.Connection[Any]) -> None:
    found = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LIMIT 1"
    ).fetchone()
    if found is not None:
        raise BackupError(
            f"the database is not empty (it has the table {found[0]}): restore into a new database, and keep this one "
            "until you have seen that the backup is good"
        )


def _create_group_roles(connection: psycopg.Connection[Any]) -> None:
    existing = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
    for role in set(privileges.GROUP_ROLES) - existing:
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))


def _program(name: str, programs: Path | None) -> str:
    found = shutil.which(name, path=str(programs) if programs else None)
    if found is None:
        raise BackupError(f"{name} is missing: install the client programs of PostgreSQL (postgresql-client)")
    return found


def _run(program: str, url: str, options: list[str], environment: Mapping[str, str] | None = None) -> None:
    """Run a program of PostgreSQL. The password is in its environment, not in its arguments, which others can see."""
    parameters: dict[str, Any] = conninfo_to_dict(url)
    password = str(parameters.pop("password", "") or "")
    environ = os.environ | (environment or {}) | ({"PGPASSWORD": password} if password else {})
    command = [program, f"--dbname={make_conninfo(**parameters)}", "--no-password", *options]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if "error" in line.lower()] or done.stderr.splitlines()
        raise BackupError(f"{Path(program).name} failed: {' '.join(lines[:2]) or f'exit code {done.returncode}'}")
