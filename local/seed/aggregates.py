"""Brings the aggregates up to the generated past in one go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from psycopg import Connection

_AGGREGATES: Final = (
    ("footfall_15m", timedelta(minutes=15)),
    ("footfall_hourly", timedelta(hours=1)),
    ("coverage_15m", timedelta(minutes=15)),
)
_LEFT_TO_QUERIES: Final = timedelta(minutes=30)
"""As the refresh policies do: what is younger is computed when asked, so that no crossing stays unseen."""


@contextmanager
def paused_refresh(connection: Connection) -> Iterator[None]:
    """Keeps the refresh policies from running meanwhile.

    They go forward in small steps, which after eight weeks of new rows would take the one backend of the embedded
    server for most of a minute.
    """
    _schedule(connection, scheduled=False)
    try:
        yield
    finally:
        if not connection.broken:
            _schedule(connection, scheduled=True)


def refresh(connection: Connection, begins: datetime, now: datetime) -> None:
    """Materialises everything since `begins` but the last half hour; quick when nothing changed."""
    for aggregate, bucket in _AGGREGATES:
        connection.execute(
            "CALL refresh_continuous_aggregate(%s::regclass, %s::timestamptz, %s::timestamptz)",
            (aggregate, _floor(begins, bucket), _floor(now - _LEFT_TO_QUERIES, bucket)),
        )


def _schedule(connection: Connection, scheduled: bool) -> None:
    connection.execute(
        "SELECT alter_job(job_id, scheduled => %s) FROM timescaledb_information.jobs "
        "WHERE proc_name = 'policy_refresh_continuous_aggregate'",
        (scheduled,),
    )


def _floor(moment: datetime, bucket: timedelta) -> datetime:
    return datetime.fromtimestamp(moment.timestamp() // bucket.total_seconds() * bucket.total_seconds(), UTC)
