"""Database fixtures: a migrated TimescaleDB per test worker.

`DATABASE_URL` names a server to use, by a role that may create databases: each worker makes one of its own there and
drops it. Without it, each worker starts the embedded server on a free port, on a copy of a folder that was migrated
once (`build/test-database/`, keyed by the migrations and the server's version). Tests that stop or kill a server, and
those of the whole stack, use the embedded one in any case.
"""

from __future__ import annotations

import hashlib
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
KEPT = ROOT / "build" / "test-database"
GIVEN = "METRICA_TEST_SERVER"
"""What DATABASE_URL becomes here: commands that tests start must not find it, and write into somebody's database."""
if "DATABASE_URL" in os.environ:
    os.environ[GIVEN] = os.environ.pop("DATABASE_URL")


def migrated_folder() -> Path:
    """A data folder with the current schema and nothing in it; made at most once for each state of the migrations."""
    folder = KEPT / _state()
    KEPT.mkdir(parents=True, exist_ok=True)
    with FileLock(KEPT / "lock"):
        if not folder.exists():
            unfinished = KEPT / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            with running(unfinished, jobs_every_s=0, durable=False) as server:
                upgrade(server.url)
            unfinished.rename(folder)
            for other in KEPT.iterdir():
                if other.is_dir() and other != folder:
                    shutil.rmtree(other)
    return folder


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a migrated TimescaleDB. Not empty: make a store of your own."""
    with own_database(tmp_path_factory.mktemp("database")) as url:
        yield url


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """URL of a migrated TimescaleDB with nothing in it, for tests that change the schema or need it to themselves.

    Args:
        folder: empty; the embedded server keeps its data there.
    """
    given = os.environ.get(GIVEN)
    if not given:
        shutil.copytree(migrated_folder(), folder / "data")
        with running(folder / "data", jobs_every_s=0, durable=False) as server:
            yield server.url
        return
    with temporary_database(given, "metrica_test") as url:
        with psycopg.connect(url) as own_connection:  # as on the embedded one: tests say when a job runs
            ours = "timescaledb_information.jobs WHERE job_id >= 1000"
            own_connection.execute(f"SELECT alter_job(job_id, scheduled => false) FROM {ours}")
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


def run_refresh_job(connection: psycopg.Connection[Any]) -> None:
    """Run the job `refresh_aggregates` now: late data is in the aggregates then, and its late ranges are deleted.

    Args:
        connection: A connection of the aggregates' owner, in autocommit mode.

    Raises:
        LookupError: The database has no such job.
    """
    job = connection.execute(
        "SELECT job_id FROM timescaledb_information.jobs WHERE proc_name = 'refresh_aggregates'"
    ).fetchone()
    if job is None:
        raise LookupError("The database has no job refresh_aggregates. Migrate it.")
    connection.execute(sql.SQL("CALL run_job({})").format(sql.Literal(job[0])))


def _state() -> str:
    digest = hashlib.sha256()
    sources = [ROOT / "db" / "timescale" / "migrate.py", ROOT / "db" / "timescale" / "embedded" / "package.json"]
    for path in sorted([*sources, *(ROOT / "db" / "timescale" / "migrations").rglob("*.*")]):
        if path.is_file() and path.suffix in {".py", ".sql", ".json"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
