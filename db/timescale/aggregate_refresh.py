"""Refresh the continuous aggregates after history was loaded.

A continuous aggregate returns materialised rows up to its watermark, and computes later buckets from the hypertable.
Events and minutes that arrive below the watermark are invisible in the aggregate until a refresh covers them. Ingest
records their hours in `late_ranges`, and the API reports their buckets as `pending`. The job `refresh_aggregates` in
the database refreshes what is new and those hours every five minutes, in bounded steps, and deletes the late ranges
that it has covered.

Two refreshes of one aggregate must never overlap: before timescale/timescaledb#9571 (April 2026) they can leave gaps or
doubled rows, and in later versions the second one fails. Therefore every refresh holds the same advisory lock, which
only the owner of the tables can take.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from db.timescale.limits import REFRESH_END_OFFSET

QUARTER_HOUR, HOUR = timedelta(minutes=15), timedelta(hours=1)
ONE_BATCH = '{"buckets_per_batch": 0}'
"""In batches, TimescaleDB 2.28 leaves the bucket at the end of the window stale (timescale/timescaledb#10221)."""

Aggregate = tuple[LiteralString, timedelta]
"""The name of an aggregate and the width of its buckets."""

AGGREGATES: tuple[Aggregate, ...] = (
    ("footfall_15m", QUARTER_HOUR),
    ("footfall_hourly", HOUR),
    ("coverage_15m", QUARTER_HOUR),
    ("coverage_hourly", HOUR),
)
"""Every aggregate; one that is built on another comes after it."""

Connection = psycopg.Connection[Any]


def refresh_range(
    connection: Connection,
    first: datetime,
    last: datetime,
    *,
    aggregates: Iterable[Aggregate] = AGGREGATES,
    now: datetime | None = None,
) -> None:
    """Materialise the buckets in [first, last], widened to whole hours, that are older than REFRESH_END_OFFSET.

    Younger buckets stay above the watermark: otherwise events that arrive in them would be invisible until the next
    refresh.

    Args:
        connection: A connection of the aggregates' owner, in autocommit mode.
        first: The beginning of the range.
        last: The end of the range.
        aggregates: The aggregates to refresh, in this order.
        now: The current time; the clock's when it is not given.
    """
    newest_end = (now or datetime.now(UTC)) - REFRESH_END_OFFSET
    begin = _floor(first)
    with refresh_lock(connection):
        for aggregate, width in aggregates:
            end = min(_floor(last) + HOUR, _floor(newest_end, width))
            if begin < end:
                statement = sql.SQL("CALL refresh_continuous_aggregate({}, {}, {}, options => {})")
                connection.execute(statement.format(aggregate, _timestamptz(begin), _timestamptz(end), ONE_BATCH))
    # What was loaded has no late ranges: the stored KPIs of these days are no longer valid.
    connection.execute("SELECT note_store_change(id, %s, %s) FROM stores", [first, last])


@contextmanager
def refresh_lock(connection: Connection) -> Iterator[None]:
    """Hold the lock of the refresh job during the block: no other refresh of the aggregates runs."""
    connection.execute("SELECT acquire_refresh_lock()")
    try:
        yield
    finally:
        if not connection.broken:
            connection.execute("SELECT release_refresh_lock()")


def _floor(at: datetime, width: timedelta = HOUR) -> datetime:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return at - (at - epoch) % width


def _timestamptz(at: datetime) -> sql.Composed:
    return sql.SQL("{}::timestamptz").format(sql.Literal(at.isoformat()))
