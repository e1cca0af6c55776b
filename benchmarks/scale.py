"""`make bench-scale`: what the database costs at 1 M, 10 M and 100 M events (smaller on the embedded server).

With `DATABASE_URL` it makes a database of its own on that server (`metrica_scale_…`) and drops it at the end. Prints
Markdown and writes `build/bench-scale.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

import psycopg

from benchmarks.scale_data import Chain, Connection, late_events, load, make_chain
from benchmarks.scale_routes import Cost, costs
from db.timescale.aggregate_refresh import refresh_range
from db.timescale.embedded.launcher import running
from db.timescale.migrate import upgrade
from tests.temporary_database import temporary_database

OUTPUT = Path("build") / "bench-scale.json"
LATE = 10_000
INGEST_SECONDS = 5.0
BATCH = 500
INSERT = """
INSERT INTO events (ts, camera_id, store_id, event_id, direction)
SELECT ts, %s, %s, event_id, 'IN' FROM unnest(%b::timestamptz[], %b::uuid[]) AS given (ts, event_id)
ON CONFLICT DO NOTHING
"""
COMPRESS = """
SELECT compress_chunk(chunk, true) FROM show_chunks('events', older_than => now() - interval '7 days') AS chunk
"""


@dataclass(frozen=True, slots=True)
class Size:
    """What is loaded: `steps` events, one after the other, over `days` of `stores` stores."""

    steps: tuple[int, ...]
    stores: int
    days: int


REAL = Size((1_000_000, 10_000_000, 100_000_000), stores=50, days=390)
EMBEDDED = Size((100_000, 1_000_000), stores=10, days=120)


@dataclass(frozen=True, slots=True)
class Step:
    """One size, measured. Times in seconds, sizes in MB (10⁶ bytes), rates in rows/s."""

    events: int
    load_rate: float
    rowstore_mb: float
    columnstore_mb: float
    compress_s: float
    first_refresh_s: float
    idle_refresh_s: float
    late_refresh_s: float
    ingest_rate: float
    ingest_rate_refreshing: float
    routes: list[Cost]


@contextmanager
def database() -> Iterator[tuple[str, Size]]:
    """URL of an empty migrated database, and how much it is to hold."""
    given = os.environ.get("DATABASE_URL")
    if not given:
        with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "data", jobs_every_s=0) as server:
            upgrade(server.url)
            yield server.url, EMBEDDED
        return
    with temporary_database(given, "metrica_scale") as url:
        yield url, REAL


def measure(url: str, connection: Connection, chain: Chain, events: int) -> Step:
    """Load, refresh, ask, compress: everything at one size."""
    stored, load_rate = load(connection, chain, events)
    first_refresh = _timed(lambda: refresh_range(connection, chain.first, chain.last))
    idle_refresh = _timed(lambda: refresh_range(connection, chain.first, chain.last))
    rowstore = _size_mb(connection)
    compress = _timed(lambda: connection.execute(COMPRESS))
    columnstore = _size_mb(connection)
    late_events(connection, chain, LATE)  # most of them into compressed chunks
    late_refresh = _timed(lambda: refresh_range(connection, chain.first, chain.last))
    for _ in range(2):  # as autovacuum has by the time that somebody looks; the embedded server's one backend plans by
        connection.execute("VACUUM (ANALYZE)")  # what it knew of visible pages before the last one
    routes = costs(url, connection, chain.stores[0][0], chain.owner)
    alone = _ingest(connection, chain)
    return Step(
        events=stored,
        load_rate=load_rate,
        rowstore_mb=rowstore,
        columnstore_mb=columnstore,
        compress_s=compress,
        first_refresh_s=first_refresh,
        idle_refresh_s=idle_refresh,
        late_refresh_s=late_refresh,
        ingest_rate=alone,
        ingest_rate_refreshing=_ingest_while_refreshing(url, connection, chain),
        routes=routes,
    )


def _ingest(connection: Connection, chain: Chain) -> float:
    """Batches of 500 as ingest writes them, for some seconds: rows/s."""
    store, camera = chain.stores[0]
    written, started = 0, perf_counter()
    while perf_counter() - started < INGEST_SECONDS:
        now = datetime.now(UTC)
        moments = [now - timedelta(microseconds=n) for n in range(BATCH)]
        connection.execute(INSERT.encode(), [camera, store, moments, [uuid4() for _ in moments]])
        written += BATCH
    return written / (perf_counter() - started)


def _ingest_while_refreshing(url: str, connection: Connection, chain: Chain) -> float:
    done = threading.Event()

    def refresh() -> None:
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as other:
            while not done.is_set():
                late_events(other, chain, 100)
                refresh_range(other, chain.first, chain.last)

    refreshing = threading.Thread(target=refresh)
    refreshing.start()
    try:
        return _ingest(connection, chain)
    finally:
        done.set()
        refreshing.join()


def _size_mb(connection: Connection) -> float:
    row = connection.execute("SELECT hypertable_size('events')").fetchone()
    assert row is not None
    return int(row[0]) / 1e6


def _timed(work: Any) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def table(steps: list[Step]) -> str:
    """Two Markdown tables: the store, and the routes."""
    figures = [name for name in asdict(steps[0]) if name not in ("events", "routes")]
    head = "| | " + " | ".join(f"{step.events:,} events" for step in steps) + " |"
    rule = "|---" * (len(steps) + 1) + "|"
    store = [f"| {name} | " + " | ".join(f"{getattr(step, name):,.4g}" for step in steps) + " |" for name in figures]
    routes = [
        f"| `{first.route.format('{id}')}` | "
        + " | ".join(f"{cost.ms:.1f} ms, {cost.buffers:,} buffers, {cost.events:,} events" for cost in row)
        + " |"
        for first, *_ in zip(*(step.routes for step in steps), strict=True)
        for row in [[cost for step in steps for cost in step.routes if cost.route == first.route]]
    ]
    return "\n".join([head, rule, *store, "", head, rule, *routes])


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--steps", help="numbers of events, such as 100000,1000000")
    arguments = parser.parse_args()
    with database() as (url, size), psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
        wanted = tuple(int(step) for step in arguments.steps.split(",")) if arguments.steps else size.steps
        chain = make_chain(connection, size.stores, size.days)
        steps = []
        for events in wanted:
            print(f"{events:,} events …", file=sys.stderr)
            steps.append(measure(url, connection, chain, events))
        version = connection.execute("SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'").fetchone()
        assert version is not None
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps([asdict(step) for step in steps], indent=1))
    print(f"TimescaleDB {version[0]}, {size.stores} stores, {size.days} days\n\n{table(steps)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
