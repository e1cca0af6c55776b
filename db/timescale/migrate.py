"""Migrate the database: `python -m db.timescale.migrate upgrade|downgrade|current [URL]`.

It works on TimescaleDB 2.23 or newer (Community edition) with PostgreSQL 15 to 18, and on the embedded server. Running
it again changes nothing, except that it revokes again what logins do not need (privileges.py). If several run at once,
one waits for the other.

`downgrade` drops everything that the migrations have created, with its data. It keeps the extension and the group
roles, which belong to the whole server.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from db.timescale import privileges
from db.timescale.limits import MIGRATION_LOCK_KEY, MIGRATION_LOCK_TIMEOUT, MIGRATION_PATIENCE

OLDEST_TIMESCALEDB = (2, 23)
OLDEST_POSTGRESQL = 150_000


class MigrationError(Exception):
    """The database cannot be migrated; the message says why and what to do."""


class UnsuitableServerError(MigrationError):
    """The server lacks something that Metrica needs."""


class UnknownRevisionError(MigrationError):
    """Another version of Metrica has created the schema; no migration of this version leads from it."""


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database to a revision.

    Args:
        url: `postgresql://…` or `postgresql+psycopg://…`.
        revision: The revision, or `head` for the newest one.

    Raises:
        UnsuitableServerError: The server has no TimescaleDB, is too old, or has no continuous aggregates.
        UnknownRevisionError: Another version of Metrica has created the schema.
        MigrationError: The database cannot be reached, or a statement failed.
    """
    with _connect(url) as connection:
        _check_revision(connection)
        _install_extension(connection)
        _repeat_while_locked(lambda: command.upgrade(_config(connection), revision))
        if revision in {"head", head()}:
            connection.commit()
            privileges.apply(_psycopg_connection(connection))


def downgrade(url: str, revision: str = "base") -> None:
    """Drop what the migrations after a revision have created, with its data.

    Args:
        url: As of `upgrade`.
        revision: The revision to go back to, or `base` for a database without tables.

    Raises:
        UnknownRevisionError: Another version of Metrica has created the schema.
        MigrationError: The database cannot be reached, or a statement failed.
    """
    with _connect(url) as connection:
        _check_revision(connection)
        is_migrated = MigrationContext.configure(connection).get_current_revision() is not None
        connection.commit()
        if revision == "base" and is_migrated:
            privileges.reset(_psycopg_connection(connection))
        _repeat_while_locked(lambda: command.downgrade(_config(connection), revision))


def current(url: str) -> str | None:
    """Return the revision of the database, or None if it has never been migrated.

    Raises:
        MigrationError: The database cannot be reached.
    """
    with _connect(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def open_privileges(url: str) -> str | None:
    """Return a warning about what logins can execute or read beyond `privileges.toml`, or None if there is nothing.

    Raises:
        MigrationError: The database cannot be reached.
    """
    with _connect(url) as connection:
        found = privileges.verify(_psycopg_connection(connection))
    if not found:
        return None
    return (
        f"Warning: {len(found)} privileges are open to logins that do not need them, because this database user may "
        f"not revoke them. The first is: {found[0]}. The Lambdas work. `metrica analyst grant` refuses to create "
        "logins for analysts: give them the CSV or JSON export, or migrate as a superuser (docs/security.md)."
    )


def head() -> str:
    """Return the newest revision."""
    revision = ScriptDirectory.from_config(_config(None)).get_current_head()
    assert revision is not None  # noqa: S101  # there is at least one
    return revision


def _psycopg_connection(connection: Connection) -> privileges.Connection:
    driver_connection = connection.connection.driver_connection
    assert isinstance(driver_connection, psycopg.Connection)  # noqa: S101  # the driver of the URL
    return driver_connection


def _repeat_while_locked(run: Callable[[], None]) -> None:
    """Run migrations, again after a pause when a lock is not granted: the transaction has changed nothing then.

    The pause is longer than the wait, so that the requests that queued up behind it are answered in between.
    """
    deadline = time.monotonic() + MIGRATION_PATIENCE.total_seconds()
    while True:
        try:
            run()
        except DBAPIError as error:
            if not isinstance(error.orig, psycopg.errors.LockNotAvailable) or time.monotonic() >= deadline:
                raise
        else:
            return
        time.sleep(2 * MIGRATION_LOCK_TIMEOUT.total_seconds())


@contextmanager
def _connect(url: str) -> Iterator[Connection]:
    try:
        target = make_url(url).set(drivername="postgresql+psycopg")
        engine = create_engine(target, poolclass=NullPool, connect_args={"prepare_threshold": None})
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATION_LOCK_KEY})")
            connection.commit()
            yield connection
    except ArgumentError as error:
        raise MigrationError(
            f"The database URL cannot be read: {url!r} is not like postgresql://user:password@host:port/database."
        ) from error
    except DBAPIError as error:
        raise MigrationError(f"The database refused: {str(error.orig).strip()}") from error
    except psycopg.Error as error:
        raise MigrationError(f"The database refused: {str(error).strip()}") from error
    except CommandError as error:
        raise MigrationError(f"The database cannot be migrated: {error}") from error


def _check_revision(connection: Connection) -> None:
    """Raise UnknownRevisionError unless the database is empty or at a revision of this version.

    Alembic would take a number such as 0004 for the beginning of a revision's name.
    """
    found = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(_config(None)).walk_revisions()}
    connection.rollback()
    if found is not None and found not in known:
        raise UnknownRevisionError(
            f"The database is at revision {found}, which this version of Metrica cannot migrate (its newest revision "
            f"is {head()}): use an empty database (for the local stack: stop it and delete the folder .metrica/db), "
            "or the version of Metrica that created this one."
        )


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    return config


def _install_extension(connection: Connection) -> None:
    version_num = int(str(connection.exec_driver_sql("SHOW server_version_num").scalar()))
    if version_num < OLDEST_POSTGRESQL:
        raise UnsuitableServerError(f"PostgreSQL {version_num // 10_000} is too old: Metrica needs 15 to 18.")
    available = connection.exec_driver_sql(
        "SELECT coalesce(installed_version, default_version) FROM pg_available_extensions WHERE name = 'timescaledb'"
    ).scalar()
    if available is None:
        raise UnsuitableServerError(
            "This PostgreSQL server has no TimescaleDB: install the timescaledb extension "
            "(Community edition, 2.23 or newer), or unset DATABASE_URL to use the embedded one."
        )
    connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS timescaledb")
    connection.commit()
    found = connection.exec_driver_sql("SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'").scalar()
    major, minor, *_ = str(found).split(".")
    if (int(major), int(minor)) < OLDEST_TIMESCALEDB:
        raise UnsuitableServerError(
            f"TimescaleDB {found} is too old: Metrica needs 2.23 or newer (ALTER EXTENSION timescaledb UPDATE)."
        )
    if connection.exec_driver_sql("SHOW timescaledb.license").scalar() != "timescale":
        raise UnsuitableServerError(
            "This TimescaleDB is the Apache edition, which has no continuous aggregates and no columnstore: "
            "install the Community edition, or set timescaledb.license = 'timescale' if it is installed."
        )
    connection.rollback()


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0, or 1 when the database cannot be migrated, or 2 when no database is given.
    """
    parser = argparse.ArgumentParser(prog="python -m db.timescale.migrate", description="Migrate the database.")
    parser.add_argument("action", choices=["upgrade", "downgrade", "current"])
    parser.add_argument("url", nargs="?", default=os.environ.get("DATABASE_URL"), help="default: $DATABASE_URL")
    parsed = parser.parse_args(arguments)
    if not parsed.url:
        print("No database: give its URL, or set DATABASE_URL.", file=sys.stderr)
        return 2
    try:
        if parsed.action == "upgrade":
            upgrade(parsed.url)
        elif parsed.action == "downgrade":
            downgrade(parsed.url)
        print(f"schema: {current(parsed.url) or 'empty'} (newest: {head()})")
        if parsed.action == "upgrade" and (warning := open_privileges(parsed.url)):
            print(warning, file=sys.stderr)
    except MigrationError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
