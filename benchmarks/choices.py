"""`python -m benchmarks.choices`: the measurements behind docs/data-model.md.

Each alternative is tried on the same events (10 stores, 120 days), on the embedded server or on `DATABASE_URL`, in
tables of its own. Sizes and buffers do not depend on the machine; times do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.cloud_database import Connection, connect, temporary_database_url

EVENTS, STORES, DAYS = 300_000, 10, 120
LATE = 500
KEY = "camera_id, event_id, ts"
MAKE = """
CREATE TABLE {name} (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE {name} ADD UNIQUE ({key});
SELECT create_hypertable('{name}', by_range('ts', interval '{chunk}'), create_default_indexes => false);
"""
FILL = """
INSERT INTO {name} SELECT * FROM source
"""
SOURCE = """
CREATE TABLE source AS SELECT
  date_trunc('hour', now()) - (n / %(events)s::float8) * interval '1 day' * %(days)s AS ts,
  md5('camera' || n %% %(stores)s)::uuid AS camera_id, md5('store' || n %% %(stores)s)::uuid AS store_id,
  gen_random_uuid() AS event_id, CASE n / %(stores)s %% 2 WHEN 0 THEN 'IN' ELSE 'OUT' END AS direction,
  n::bigint AS tracker_id, now() AS received_at
FROM generate_series(1, %(events)s) n
"""
TODAY = "SELECT count(*) FROM {name} WHERE store_id = md5('store1')::uuid AND ts >= now() - interval '2 hours'"
COMPRESS = "SELECT compress_chunk(c, true) FROM show_chunks('{name}', older_than => now() - interval '7 days') c"
LATE_ROWS = """
INSERT INTO {name}
SELECT ts + interval '1 microsecond', camera_id, store_id, gen_random_uuid(), direction, tracker_id, now()
FROM source WHERE camera_id = md5('camera1')::uuid AND ts < now() - interval '8 days' ORDER BY ts DESC LIMIT {late}
ON CONFLICT DO NOTHING
"""
AGAIN = """
INSERT INTO {name} SELECT * FROM source
WHERE camera_id = md5('camera1')::uuid AND ts < now() - interval '8 days' ORDER BY ts DESC LIMIT {late}
ON CONFLICT DO NOTHING
"""
INDEX = "CREATE INDEX {name}_store_ts ON {name} (store_id, ts)"


def chunk_interval(connection: Connection, chunk: str) -> str:
    """One chunk interval: planning and reading the last two hours of one store."""
    name = _make(connection, "chunked", chunk)
    connection.execute(INDEX.format(name=name).encode())
    connection.execute(f"ANALYZE {name}".encode())
    plans = [_explain(connection, TODAY.format(name=name)) for _ in range(7)]
    chunks = _value(connection, f"SELECT count(*) FROM show_chunks('{name}')")
    found = (
        f"{chunks} chunks, plan {median(p['Planning Time'] for p in plans):.1f} ms, "
        f"run {median(p['Execution Time'] for p in plans):.2f} ms, size {_size(connection, name):.1f} MB"
    )
    connection.execute(f"DROP TABLE {name}".encode())
    return found


def index(connection: Connection, key: str, make: str | None) -> str:
    """One order of the key, one index besides it: buffers of the last two hours of one store, size, rows/s written."""
    name = _make(connection, "indexed", "7 days", key=key, fill=False)
    if make:
        connection.execute(make.format(name=name).encode())
    took = _timed(lambda: connection.execute(FILL.format(name=name).encode()))
    connection.execute(f"ANALYZE {name}".encode())
    plan = _explain(connection, TODAY.format(name=name))["Plan"]
    buffers = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    again = _timed(lambda: connection.execute(AGAIN.format(name=name, late=LATE).encode()))
    found = (
        f"{buffers:,} buffers, size {_size(connection, name):.1f} MB, {EVENTS / took:,.0f} rows/s written, "
        f"{LATE} duplicates {again * 1000:.0f} ms"
    )
    connection.execute(f"DROP TABLE {name}".encode())
    return found


def columnstore(connection: Connection, segment: str, order: str) -> str:
    """One layout: size, and what it costs to deliver late events into it, new ones and ones that are there."""
    name = _make(connection, "columns", "7 days")
    before = _size(connection, name)
    connection.execute(
        f"ALTER TABLE {name} SET (timescaledb.enable_columnstore, timescaledb.segmentby = '{segment}',"
        f" timescaledb.orderby = '{order}')".encode()
    )
    took = _timed(lambda: connection.execute(COMPRESS.format(name=name).encode()))
    after = _size(connection, name)
    new = _timed(lambda: connection.execute(LATE_ROWS.format(name=name, late=LATE).encode()))
    again = _timed(lambda: connection.execute(AGAIN.format(name=name, late=LATE).encode()))
    found = (
        f"{before:.1f} → {after:.1f} MB in {took:.1f} s; {LATE} late events {new * 1000:.0f} ms, "
        f"the same again {again * 1000:.0f} ms"
    )
    connection.execute(f"DROP TABLE {name}".encode())
    return found


def refresh(connection: Connection, batches: int) -> str:
    """A refresh policy on footfall_15m after three weeks of late events, in batches of so many buckets (0 = one)."""
    job = _value(
        connection,
        "SELECT add_continuous_aggregate_policy('footfall_15m', start_offset => interval '31 days',"
        f" end_offset => interval '30 minutes', schedule_interval => interval '1 day', buckets_per_batch => {batches})",
    )
    connection.execute(
        b"INSERT INTO events SELECT ts, camera_id, store_id, gen_random_uuid(), direction, tracker_id, now()"
        b" FROM source WHERE ts > now() - interval '21 days' AND tracker_id % 7 = 0"
    )
    took = _timed(lambda: connection.execute(f"CALL run_job({job})".encode()))
    connection.execute(b"SELECT remove_continuous_aggregate_policy('footfall_15m')")
    return f"{took:.2f} s"


def main() -> int:
    """Print one line for each alternative."""
    with temporary_database_url() as url, connect(url) as connection:
        connection.execute(SOURCE, {"events": EVENTS, "stores": STORES, "days": DAYS})
        try:
            for chunk in ("1 day", "7 days", "30 days"):
                print(f"chunk interval {chunk}: {chunk_interval(connection, chunk)}", flush=True)
            for key in (KEY, "camera_id, ts, event_id"):
                for told, make in (
                    ("nothing", None),
                    ("(store_id, ts)", INDEX),
                    ("(ts)", "CREATE INDEX ON {name} (ts)"),
                ):
                    print(f"key ({key}) and {told}: {index(connection, key, make)}", flush=True)
            for segment, order in (("camera_id", "ts"), ("camera_id", "ts, event_id"), ("store_id", "ts"), ("", "ts")):
                print(
                    f"segment by {segment or 'nothing'}, order by {order}: {columnstore(connection, segment, order)}",
                    flush=True,
                )
            for batches in (0, 10):
                print(f"buckets_per_batch {batches}: {refresh(connection, batches)}", flush=True)
        finally:
            connection.execute("DROP TABLE source")
    return 0


def _make(connection: Connection, name: str, chunk: str, *, key: str = KEY, fill: bool = True) -> str:
    for statement in MAKE.format(name=name, chunk=chunk, key=key).strip().split(";\n"):
        connection.execute(statement.encode())
    if fill:
        connection.execute(FILL.format(name=name).encode())
    return name


def _explain(connection: Connection, statement: str) -> dict[str, Any]:
    found: dict[str, Any] = _value(connection, f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}")[0]
    return found


def _size(connection: Connection, name: str) -> float:
    return int(_value(connection, f"SELECT hypertable_size('{name}')")) / 1e6


def _value(connection: Connection, statement: str) -> Any:
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return row[0]


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
