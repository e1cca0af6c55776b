"""Late data: bring the aggregates up to date for what came in below their watermark.

An aggregate answers from what it has materialised up to its watermark, and from the hypertable after it. Events and
minutes that come later than that are invisible in it until a refresh covers them. Ingest notes them in `late_ranges`;
`refresh_late` (the maintenance Lambda, every few minutes) refreshes those ranges and takes the notes away. The refresh
policies would do it too, within their interval: this is how the API knows (`pending`), and how it is right sooner.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import psycopg
from psycopg import sql

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
LATE_AFTER = timedelta(minutes=30)
"""Younger events are above the watermark of every aggregate: `end_offset` of the policies (0005_policies.sql)."""

Aggregate = tuple[LiteralString, timedelta]
"""An aggregate's name and the width of its buckets."""

EVENT_AGGREGATES: tuple[Aggregate, ...] = (("footfall_15m", QUARTER), ("footfall_hourly", HOUR))
"""In the order in which they stand on each other."""
COVERAGE_AGGREGATES: tuple[Aggregate, ...] = (("coverage_15m", QUARTER),)
AGGREGATES = EVENT_AGGREGATES + COVERAGE_AGGREGATES

Range = tuple[datetime, datetime]
Connection = psycopg.Connection[Any]


def merged(ranges: Iterable[Range], gap: timedelta = HOUR) -> list[Range]:
    """Whole hours around each range, joined where they overlap or lie less than `gap` apart.

    >>> at = lambda h, m=0: datetime(2026, 3, 1, h, m, tzinfo=UTC)
    >>> [(a.hour, b.hour) for a, b in merged([(at(9, 5), at(9, 50)), (at(10, 0), at(10, 1)), (at(14, 0), at(15, 0))])]
    [(9, 11), (14, 16)]
    """
    widened = sorted((_floor(first.astimezone(UTC)), _floor(last.astimezone(UTC)) + HOUR) for first, last in ranges)
    found: list[Range] = []
    for first, last in widened:
        if found and first - found[-1][1] < gap:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def refresh_late(connection: Connection, *, now: datetime | None = None) -> list[Range]:
    """Refresh what late data has touched, and take its notes away.

    Args:
        connection: psycopg, autocommit (a refresh cannot run in a transaction).
        now: the present; later hours are left to the real-time half of the aggregates.

    Returns:
        the ranges that were refreshed, whole hours.
    """
    rows = connection.execute("SELECT id, first_ts, last_ts FROM late_ranges ORDER BY id").fetchall()
    if not rows:
        return []
    ranges = merged((first, last) for _, first, last in rows)
    for first, last in ranges:
        refresh_range(connection, first, last, now=now)
    connection.execute("DELETE FROM late_ranges WHERE id = ANY (%s)", [[row[0] for row in rows]])
    return ranges


def refresh_range(
    connection: Connection,
    first: datetime,
    last: datetime,
    *,
    aggregates: Iterable[Aggregate] = AGGREGATES,
    now: datetime | None = None,
) -> None:
    """Materialise [first, last], widened to whole hours, up to the last bucket that ended half an hour ago.

    Later buckets must stay above the watermark: what comes in them would be invisible until the next refresh.

    Args:
        connection: psycopg, autocommit.
        now: the present.
    """
    settled = (now or datetime.now(UTC)) - LATE_AFTER
    begin = _floor(first)
    for aggregate, width in aggregates:
        end = min(_floor(last) + HOUR, _floor(settled, width))
        if begin < end:
            statement = sql.SQL("CALL refresh_continuous_aggregate({}, {}, {})")
            connection.execute(statement.format(sql.Literal(aggregate), _moment(begin), _moment(end)))


def _floor(moment: datetime, width: timedelta = HOUR) -> datetime:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return moment - (moment - epoch) % width


def _moment(moment: datetime) -> sql.Composed:
    return sql.SQL("{}::timestamptz").format(sql.Literal(moment.isoformat()))
