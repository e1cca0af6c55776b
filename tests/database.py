"""Database fixtures: a migrated TimescaleDB per test worker.

`DATABASE_URL` names a server to use (each pytest-xdist worker shares it: stores are isolated from each other anyway).
Without it, each worker starts the embedded one on a free port, on a copy of a folder that was migrated once
(`build/test-database/`, keyed by the migrations and the server's version).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from filelock import FileLock

from db.timescale.embedded.launcher import running
from db.timescale.migrate import upgrade

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "test-database"


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
    given = os.environ.get("DATABASE_URL")
    if given:
        upgrade(given)
        yield given
        return
    data = tmp_path_factory.mktemp("database") / "data"
    shutil.copytree(migrated_folder(), data)
    with running(data, jobs_every_s=0, durable=False) as server:
        yield server.url


@pytest.fixture
def connection(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A psycopg connection in autocommit mode."""
    with psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as opened:
        yield opened


def _state() -> str:
    digest = hashlib.sha256()
    sources = [ROOT / "db" / "timescale" / "migrate.py", ROOT / "db" / "timescale" / "embedded" / "package.json"]
    for path in sorted([*sources, *(ROOT / "db" / "timescale" / "migrations").rglob("*.*")]):
        if path.is_file() and path.suffix in {".py", ".sql", ".json"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
