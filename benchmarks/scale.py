"""`make bench-scale`: storage, refreshes and queries at 1 M, 10 M and 100 M events (fewer on the embedded server).

With `DATABASE_URL` it creates a database on that server (`metrica_scale_…`) and drops it at the end. It prints
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

from benchmarks.scale_data import Connection, StoreChain, create_chain, insert_late_events, load_events
from benchmarks.scale_routes import RouteCost, measure_routes
from db.timescale.aggregate_refresh import refresh_range
from db.timescale.embedded.launcher import running
from db.timescale.migrate import upgrade
from tests.temporary_database import temporary_database

OUTPUT = Path("build") / "bench-scale.json"
LATE_EVENTS = 10_000
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
    """How much is loaded.

    Attributes:
        steps: The numbers of events to measure at, one after the other.
        stores: The number of stores.
        days: The days over which the events are spread.
    """

    steps: tuple[int, ...]
    stores: int
    days: int


SERVER = Size((1_000_000, 10_000_000, 100_000_000), stores=50, days=390)
EMBEDDED = Size((100_000, 1_000_000), stores=10, days=120)


@dataclass(frozen=True, slots=True)
class StepResult:
    """The measurements at one number of events. Times in seconds, sizes in MB (10⁶ bytes), rates in rows/s."""

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
    routes: list[RouteCost]


@contextmanager
def database() -> Iterator[tuple[str, Size]]:
    """Yield the URL of an empty migrated database, and how much to load."""
    given = os.environ.get("DATABASE_URL")
    if not given:
        with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "data", jobs_every_s=0) as server:
            upgrade(server.url)
            yield server.url, EMBEDDED
        return
    with temporary_database(given, "metrica_scale") as url:
        yield url, SERVER


def measure(url: str, connection: Connection, chain: StoreChain, events: int) -> StepResult:
    """Load events, and measure refreshes, compression, routes and ingest."""
    stored, load_rate = load_events(connection, chain, events)
    first_refresh = _timed(lambda: refresh_range(connection, chain.first, chain.last))
    idle_refresh = _timed(lambda: refresh_range(connection, chain.first, chain.last))
    rowstore = _size_mb(connection)
    compress = _timed(lambda: connection.execute(COMPRESS))
    columnstore = _size_mb(connection)
    insert_late_events(connection, chain, LATE_EVENTS)  # most of them into compressed chunks
    late_refresh = _timed(lambda: refresh_range(connection, chain.first, chain.last))
    # On a server autovacuum does this. Twice, because the embedded server's only backend plans with the number of
    # visible pages that it knew before the last VACUUM.
    for _ in range(2):
        connection.execute("VACUUM (ANALYZE)")
    routes = measure_routes(url, connection, chain.stores[0][0], chain.owner)
    ingest_rate = _ingest(connection, chain)
    return StepResult(
        events=stored,
        load_rate=load_rate,
        rowstore_mb=rowstore,
        columnstore_mb=columnstore,
        compress_s=compress,
        first_refresh_s=first_refresh,
        idle_refresh_s=idle_refresh,
        late_refresh_s=late_refresh,
        ingest_rate=ingest_rate,
        ingest_rate_refreshing=_ingest_while_refreshing(url, connection, chain),
        routes=routes,
    )


def _ingest(connection: Connection, chain: StoreChain) -> float:
    """Insert batches of 500 as ingest does, for some seconds, and return the rate in rows/s."""
    store, camera = chain.stores[0]
    written, started = 0, perf_counter()
    while perf_counter() - started < INGEST_SECONDS:
        now = datetime.now(UTC)
        timestamps = [now - timedelta(microseconds=n) for n in range(BATCH)]
        connection.execute(INSERT.encode(), [camera, store, timestamps, [uuid4() for _ in timestamps]])
        written += BATCH
    return written / (perf_counter() - started)


def _ingest_while_refreshing(url: str, connection: Connection, chain: StoreChain) -> float:
    done = threading.Event()

    def refresh() -> None:
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as other:
            while not done.is_set():
                insert_late_events(other, chain, 100)
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


def table(steps: list[StepResult]) -> str:
    """Return two Markdown tables: the database, and the routes."""
    figures = [name for name in asdict(steps[0]) if name not in ("events", "routes")]
    head = "| | " + " | ".join(f"{step.events:,} events" for step in steps) + " |"
    rule = "|---" * (len(steps) + 1) + "|"
    database_rows = [
        f"| {name} | " + " | ".join(f"{getattr(step, name):,.4g}" for step in steps) + " |" for name in figures
    ]
    route_rows = [
        f"| `{first.route.format('{id}')}` | "
        + " | ".join(f"{cost.ms:.1f} ms, {cost.buffers:,} buffers, {cost.events:,} events" for cost in row)
        + " |"
        for first, *_ in zip(*(step.routes for step in steps), strict=True)
        for row in [[cost for step in steps for cost in step.routes if cost.route == first.route]]
    ]
    return "\n".join([head, rule, *database_rows, "", head, rule, *route_rows])


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--steps", help="numbers of events, such as 100000,1000000")
    arguments = parser.parse_args()
    with database() as (url, size), psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
        numbers = tuple(int(step) for step in arguments.steps.split(",")) if arguments.steps else size.steps
        chain = create_chain(connection, size.stores, size.days)
        steps = []
        for events in numbers:
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
