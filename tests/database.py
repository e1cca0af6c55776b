"""Database fixtures: a migrated TimescaleDB per test worker.

`DATABASE_URL` names a server to use, with a role that may create databases: each worker creates a database there and
drops it. Without it, each worker starts the embedded server on a free port, with a copy of a folder that was migrated
once (`build/test-database/`, keyed by the migrations and the server's version). Tests that stop or kill a server, and
those of the whole stack, always use the embedded server.

All embedded servers of the tests run what V8's baseline compiler makes: they end before optimized code pays.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from filelock import FileLock
from psycopg import sql

from db.timescale.embedded.launcher import running
from db.timescale.migrate import upgrade
from tests.temporary_database import temporary_database

ROOT = Path(__file__).parents[1]
MIGRATED_FOLDERS = ROOT / "build" / "test-database"
SERVER_VARIABLE = "METRICA_TEST_SERVER"
"""DATABASE_URL is renamed to this, so that commands that tests start do not write into that database."""
if "DATABASE_URL" in os.environ:
    os.environ[SERVER_VARIABLE] = os.environ.pop("DATABASE_URL")

os.environ.setdefault("METRICA_WASM_COMPILER", "baseline")


def migrated_folder() -> Path:
    """Return a data folder with the current schema and no rows. It is created once for each state of the migrations."""
    folder = MIGRATED_FOLDERS / _state()
    MIGRATED_FOLDERS.mkdir(parents=True, exist_ok=True)
    with FileLock(MIGRATED_FOLDERS / "lock"):
        if not folder.exists():
            unfinished = MIGRATED_FOLDERS / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            with running(unfinished, jobs_every_s=0, durable=False) as server:
                upgrade(server.url)
            unfinished.rename(folder)
            for other in MIGRATED_FOLDERS.iterdir():
                if other.is_dir() and other != folder:
                    shutil.rmtree(other)
    return folder


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a migrated TimescaleDB. Tests share it: each makes its own store."""
    with own_database(tmp_path_factory.mktemp("database")) as url:
        yield url


@pytest.fixture(scope="module")
def own_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a migrated TimescaleDB of the module's own.

    A module whose `connection` is to be one of it overrides `database_url` with it.
    """
    with own_database(tmp_path_factory.mktemp("own-database")) as url:
        yield url


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """Yield the URL of an empty migrated TimescaleDB, for tests that change the schema or the whole database.

    Args:
        folder: An empty folder for the data of the embedded server.
    """
    server_url = os.environ.get(SERVER_VARIABLE)
    if not server_url:
        shutil.copytree(migrated_folder(), folder / "data")
        with running(folder / "data", jobs_every_s=0, durable=False) as server:
            yield server.url
        return
    with temporary_database(server_url, "metrica_test") as url:
        with psycopg.connect(url) as own_connection:  # as on the embedded server: jobs run only when a test runs them
            ours = "timescaledb_information.jobs WHERE job_id >= 1000"
            own_connection.execute(f"SELECT alter_job(job_id, next_start => '2100-01-01') FROM {ours}")
        yield url


@pytest.fixture
def connection(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A psycopg connection in autocommit mode."""
    with psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as opened:
        yield opened


@contextmanager
def at_revision(url: str, revision: str) -> Iterator[None]:
    """Make a database look as if another version of Metrica had created it."""
    with psycopg.connect(url, autocommit=True, prepare_threshold=None) as opened:
        before = opened.execute("SELECT version_num FROM alembic_version").fetchone()
        assert before is not None
        opened.execute("UPDATE alembic_version SET version_num = %s", [revision])
    yield
    with psycopg.connect(url, autocommit=True, prepare_threshold=None) as opened:
        opened.execute("UPDATE alembic_version SET version_num = %s", [before[0]])


def run_refresh_job(connection: psycopg.Connection[Any], *, hours_per_run: int = 1_000_000) -> None:
    """Run the procedure of the job `refresh_aggregates` once, so that all late data is in the aggregates.

    Args:
        connection: A connection of the aggregates' owner, in autocommit mode.
        hours_per_run: The most late hours that are refreshed, instead of the limits of the job.

    Raises:
        LookupError: The database has no such job.
    """
    job_id, config = _refresh_job(connection)
    config |= {"hours_per_run": hours_per_run, "hours_per_store": hours_per_run}
    statement = sql.SQL("CALL refresh_aggregates({}, {})")
    connection.execute(statement.format(sql.Literal(job_id), sql.Literal(json.dumps(config))))


def run_bounded_refresh_job(connection: psycopg.Connection[Any]) -> None:
    """Run the job `refresh_aggregates` once, with its own limits."""
    job_id, _ = _refresh_job(connection)
    connection.execute(sql.SQL("CALL run_job({})").format(sql.Literal(job_id)))


def run_policies(connection: psycopg.Connection[Any]) -> None:
    """Run the columnstore policies and the retention policies once."""
    jobs = connection.execute(
        "SELECT job_id FROM timescaledb_information.jobs WHERE proc_name IN ('policy_compression', 'policy_retention')"
    ).fetchall()
    for (job_id,) in jobs:
        connection.execute(sql.SQL("CALL run_job({})").format(sql.Literal(job_id)))


def _refresh_job(connection: psycopg.Connection[Any]) -> tuple[int, dict[str, Any]]:
    job = connection.execute(
        "SELECT job_id, config FROM timescaledb_information.jobs WHERE proc_name = 'refresh_aggregates'"
    ).fetchone()
    if job is None:
        raise LookupError("The database has no job refresh_aggregates. Migrate it.")
    return job[0], job[1]


def _state() -> str:
    digest = hashlib.sha256()
    schema = ROOT / "db" / "timescale"
    sources = [schema / "migrate.py", schema / "embedded" / "package.json", *schema.glob("privileges.*")]
    for path in sorted([*sources, *(schema / "migrations").rglob("*.*")]):
        if path.is_file() and path.suffix in {".py", ".sql", ".json", ".toml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
