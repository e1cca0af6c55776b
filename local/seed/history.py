"""Writes a store's generated past: its crossings, and the minutes in which they were watched.

The past fills what no camera watched: from where the last one left off to the quarter-hour that has begun. The times in
which each camera counted (`camera_counting_periods`) are cut to match, so that no minute is expected of two cameras.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from psycopg import Connection

from functions.api.kpi.window import Window, quarter_ceil, quarter_floor
from local.seed.tenant import StorePlan
from local.seed.visits import Millis, outage, store_date, visits

_BATCH: Final = 10_000
_FRAMES_PER_MINUTE: Final = 600


def missing_past(connection: Connection, store: StorePlan, begins: datetime, now: datetime) -> Window | None:
    """What no camera of the store has watched since `begins`, on quarter-hours; None when nothing is missing."""
    row = connection.execute(
        "SELECT max(minute) + interval '1 minute' FROM camera_minutes WHERE store_id = %s AND minute >= %s",
        (store.id, begins),
    ).fetchone()
    watched_until: datetime | None = row[0] if row else None
    start = quarter_floor(begins) if watched_until is None else quarter_ceil(watched_until)
    end = quarter_floor(now)
    return Window(start, end) if start < end else None


def write_past(connection: Connection, store: StorePlan, span: Window) -> int:
    """Generates the crossings of a span and moves the counting periods; returns how many crossings were new."""
    written = 0
    for part in _observed(store, span):
        for direction, moments in _crossings(store, part):
            written += _insert(connection, store, direction, moments)
        _watch(connection, store, part)
    _move_periods(connection, store, span)
    return written


def _observed(store: StorePlan, span: Window) -> Iterator[Window]:
    """The span without the hours in which the power failed."""
    begins = span.start
    day = store_date(store, span.start)
    while day <= store_date(store, span.end):
        dark = outage(store, day)
        if dark is not None and begins < dark.start < span.end:
            yield Window(begins, dark.start)
        if dark is not None and dark.end > begins:
            begins = min(max(dark.end, begins), span.end) if dark.start < span.end else begins
        day += timedelta(days=1)
    if begins < span.end:
        yield Window(begins, span.end)


def _crossings(store: StorePlan, span: Window) -> Iterator[tuple[str, Millis]]:
    since, until = span.start.timestamp() * 1000, span.end.timestamp() * 1000
    day = store_date(store, span.start)
    ins: list[Millis] = []
    outs: list[Millis] = []
    while day <= store_date(store, span.end):
        that_day = visits(store, day)
        ins.append(that_day.entered)
        outs.append(that_day.left)
        day += timedelta(days=1)
    for direction, moments in (("IN", np.concatenate(ins)), ("OUT", np.concatenate(outs))):
        yield direction, np.sort(moments[(moments >= since) & (moments < until)])


def _insert(connection: Connection, store: StorePlan, direction: str, moments: Millis) -> int:
    """The id of a crossing follows from what it is, so that writing it again changes nothing."""
    written = 0
    for start in range(0, len(moments), _BATCH):
        batch = "{" + ",".join(map(str, moments[start : start + _BATCH].tolist())) + "}"
        written += connection.execute(
            "INSERT INTO events (ts, camera_id, store_id, event_id, direction, tracker_id, received_at) "
            "SELECT ts, %(camera)s, %(store)s, md5(%(salt)s || ms || '.' || same)::uuid, %(direction)s, n, "
            "       ts + interval '2 seconds' "
            "FROM (SELECT ms, n, row_number() OVER (PARTITION BY ms) AS same, "
            "             timestamptz 'epoch' + ms * interval '1 millisecond' AS ts "
            "      FROM unnest(%(moments)s::bigint[]) WITH ORDINALITY AS moment (ms, n)) AS crossing "
            "ON CONFLICT DO NOTHING",
            {
                "camera": store.history.id,
                "store": store.id,
                "salt": f"{store.history.id}.{direction}.",
                "direction": direction,
                "moments": batch,
            },
        ).rowcount
    return written


def _watch(connection: Connection, store: StorePlan, span: Window) -> None:
    connection.execute(
        "INSERT INTO camera_minutes (minute, camera_id, store_id, frames, fps) "
        "SELECT minute, %s, %s, %s, %s "
        "FROM generate_series(%s::timestamptz, %s::timestamptz - interval '1 minute', interval '1 minute') AS minute "
        "ON CONFLICT DO NOTHING",
        (store.history.id, store.id, _FRAMES_PER_MINUTE, _FRAMES_PER_MINUTE / 60, span.start, span.end),
    )


def _move_periods(connection: Connection, store: StorePlan, span: Window) -> None:
    """The generated camera counted in the span, the others did not; those that still count go on after it."""
    key = {"store": store.id, "history": store.history.id, "start": span.start, "end": span.end}
    joined = connection.execute(
        "UPDATE camera_counting_periods SET counts_until = %(end)s "
        "WHERE camera_id = %(history)s AND store_id = %(store)s AND counts_until = %(start)s",
        key,
    ).rowcount
    if not joined:
        connection.execute(
            "INSERT INTO camera_counting_periods (camera_id, store_id, counts_from, counts_until) "
            "VALUES (%(history)s, %(store)s, %(start)s, %(end)s)",
            key,
        )
    connection.execute(
        "INSERT INTO camera_counting_periods (camera_id, store_id, counts_from) "
        "SELECT camera_id, store_id, %(end)s FROM camera_counting_periods "
        "WHERE store_id = %(store)s AND counts_until IS NULL AND counts_from < %(end)s "
        "ON CONFLICT DO NOTHING",
        key,
    )
    connection.execute(
        "DELETE FROM camera_counting_periods WHERE store_id = %(store)s AND camera_id <> %(history)s "
        "AND counts_from >= %(start)s AND counts_from < %(end)s",
        key,
    )
    connection.execute(
        "UPDATE camera_counting_periods SET counts_until = %(start)s "
        "WHERE store_id = %(store)s AND camera_id <> %(history)s AND counts_from < %(start)s "
        "AND (counts_until IS NULL OR counts_until > %(start)s)",
        key,
    )
