"""Late data, and everything else that refreshes the continuous aggregates.

An aggregate answers from what it has materialised up to its watermark, and from the hypertable after it. Events and
minutes that come later than that are invisible in it until a refresh covers them. Ingest notes them in `late_ranges`,
and the API says `pending`. One job in the database (`refresh_aggregates`, 0009_one_refresher.sql) refreshes every
aggregate each five minutes and takes away the notes that it has covered.

Two refreshes of one aggregate must never overlap: before timescale/timescaledb#9571 (April 2026) they can leave gaps or
doubled rows, after it the second fails. So whoever refreshes holds an advisory lock, and waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from db.timescale.limits import REFRESH_LOCK, REFRESH_SETTLED_AFTER

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
ONE_BATCH = '{"buckets_per_batch": 0}'
"""In batches, TimescaleDB 2.28 leaves the bucket at the end of the window stale (timescale/timescaledb#10221)."""

Aggregate = tuple[LiteralString, timedelta]
"""An aggregate's name and the width of its buckets."""

AGGREGATES: tuple[Aggregate, ...] = (("footfall_15m", QUARTER), ("footfall_hourly", HOUR), ("coverage_15m", QUARTER))
"""In the order in which they stand on each other."""

Connection = psycopg.Connection[Any]


def refresh_late(connection: Connection) -> None:
    """Run the database's own refresh job now: what came late is in the aggregates, and its notes are gone.

    Args:
        connection: of the aggregates' owner; psycopg, autocommit (a refresh cannot run in a transaction).

    Raises:
        LookupError: the database has no such job; it is not migrated, or somebody has taken it away.
    """
    job = connection.execute(
        "SELECT job_id FROM timescaledb_information.jobs WHERE proc_name = 'refresh_aggregates'"
    ).fetchone()
    if job is None:
        raise LookupError("The database has no job refresh_aggregates: nothing would ever be refreshed. Migrate it.")
    connection.execute(sql.SQL("CALL run_job({})").format(sql.Literal(job[0])))


def refresh_range(
    connection: Connection,
    first: datetime,
    last: datetime,
    *,
    aggregates: Iterable[Aggregate] = AGGREGATES,
    now: datetime | None = None,
) -> None:
    """Materialise [first, last], widened to whole hours, up to the last bucket that is settled: for loaded history.

    Later buckets must stay above the watermark: what comes in them would be invisible until the next refresh.

    Args:
        connection: of the aggregates' owner; psycopg, autocommit.
        now: the present.
    """
    settled = (now or datetime.now(UTC)) - REFRESH_SETTLED_AFTER
    begin = _floor(first)
    with _alone(connection):
        for aggregate, width in aggregates:
            end = min(_floor(last) + HOUR, _floor(settled, width))
            if begin < end:
                statement = sql.SQL("CALL refresh_continuous_aggregate({}, {}, {}, options => {})")
                connection.execute(statement.format(aggregate, _moment(begin), _moment(end), ONE_BATCH))


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    connection.execute("SELECT pg_advisory_lock(%s)", [REFRESH_LOCK])
    try:
        yield
    finally:
        if not connection.broken:
            connection.execute("SELECT pg_advisory_unlock(%s)", [REFRESH_LOCK])


def _floor(moment: datetime, width: timedelta = HOUR) -> datetime:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return moment - (moment - epoch) % width


def _moment(moment: datetime) -> sql.Composed:
    return sql.SQL("{}::timestamptz").format(sql.Literal(moment.isoformat()))
