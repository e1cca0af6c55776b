"""A temporary database for the benchmarks: on the server of `DATABASE_URL`, or the embedded one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from db.timescale.embedded.launcher import running
from db.timescale.migrate import upgrade
from tests.temporary_database import temporary_database

Connection = psycopg.Connection[Any]
KEY = "mk_benchmark-of-the-ingest-lambda-not-a-secret"


@dataclass(frozen=True, slots=True)
class BenchStore:
    """A store with one camera, one owner and a worker key."""

    store_id: UUID
    camera_id: UUID
    owner: UUID


@contextmanager
def temporary_database_url() -> Iterator[str]:
    """Yield the URL of an empty migrated database."""
    given = os.environ.get("DATABASE_URL")
    if given:
        with temporary_database(given, "metrica_bench") as url:
            yield url
        return
    with (
        tempfile.TemporaryDirectory(prefix="metrica-bench-") as folder,
        running(Path(folder) / "data", jobs_every_s=0) as server,
    ):
        upgrade(server.url)
        yield server.url


@contextmanager
def connect(url: str) -> Iterator[Connection]:
    """Yield a connection in autocommit mode."""
    with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
        yield connection


def create_store(connection: Connection) -> BenchStore:
    """Create a store whose camera has existed for two years and has delivered everything until now."""
    now = datetime.now(UTC)
    row = connection.execute(
        """
        WITH store AS (INSERT INTO stores (name, timezone) VALUES ('Benchmark', 'Pacific/Auckland') RETURNING id),
        camera AS (
            INSERT INTO cameras (store_id, name, origin, created_at, last_seen_at, delivered_until)
            SELECT id, 'Benchmark', 'simulated', %(since)s, %(now)s, %(now)s FROM store RETURNING id
        ),
        person AS (INSERT INTO users (id, email) VALUES (gen_random_uuid(), 'benchmark@example.org') RETURNING id),
        member AS (INSERT INTO store_members (store_id, user_id) SELECT store.id, person.id FROM store, person),
        key AS (
            INSERT INTO worker_keys (store_id, name, key_sha256, hint)
            SELECT id, 'Benchmark', %(key)s, 'cret' FROM store
        )
        SELECT store.id, camera.id, person.id FROM store, camera, person
        """,
        {"since": now - timedelta(days=730), "now": now, "key": sha256(KEY.encode()).digest()},
    ).fetchone()
    assert row is not None
    return BenchStore(*row)


def delete_store(connection: Connection, store: BenchStore) -> None:
    """Delete the store with its data, so that the next benchmark starts on an empty database."""
    for table in ("events", "camera_minutes", "late_ranges", "worker_keys", "store_members"):
        connection.execute(f"DELETE FROM {table} WHERE store_id = %s", [store.store_id])
    connection.execute("DELETE FROM cameras WHERE store_id = %s", [store.store_id])
    connection.execute("DELETE FROM stores WHERE id = %s", [store.store_id])
    connection.execute("DELETE FROM users WHERE id = %s", [store.owner])
