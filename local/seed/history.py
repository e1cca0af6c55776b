"""Write the generated history of a store: its crossings, and the observed minutes (`camera_minutes`).

The history covers the time that no camera observed, up to the start of the current quarter-hour. The counting periods
of the store's cameras (`camera_counting_periods`) are changed to match, so that two cameras never count at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from psycopg import Connection

from functions.api.kpi.window import Window, quarter_ceil, quarter_floor
from local.seed.demo_tenant import DemoStore
from local.seed.visits import Millis, outage, store_date, visits

_BATCH: Final = 10_000
_FRAMES_PER_MINUTE: Final = 600


def missing_history(connection: Connection, store: DemoStore, start: datetime, now: datetime) -> Window | None:
    """Return the time since `start` that no camera observed, in whole quarter-hours; None when nothing is missing."""
    row = connection.execute(
        "SELECT max(minute) + interval '1 minute' FROM camera_minutes WHERE store_id = %s AND minute >= %s",
        (store.id, start),
    ).fetchone()
    observed_until: datetime | None = row[0] if row else None
    begin = quarter_floor(start) if observed_until is None else quarter_ceil(observed_until)
    end = quarter_floor(now)
    return Window(begin, end) if begin < end else None


def write_history(connection: Connection, store: DemoStore, window: Window) -> int:
    """Write the crossings of a window and adapt the counting periods; return the number of new crossings."""
    written = 0
    for observed in _observed_windows(store, window):
        written += write_observations(connection, store, observed)
    _update_counting_periods(connection, store, window)
    return written


def write_observations(connection: Connection, store: DemoStore, window: Window) -> int:
    """Write what `history_camera` observed in a window of whole minutes; return the number of new crossings."""
    written = 0
    for direction, times in _crossings(store, window):
        written += _insert_events(connection, store, direction, times)
    _insert_minutes(connection, store, window)
    return written


def _observed_windows(store: DemoStore, window: Window) -> Iterator[Window]:
    """Yield the window without its outages."""
    start = window.start
    day = store_date(store, window.start)
    while day <= store_date(store, window.end):
        gap = outage(store, day)
        if gap is not None and start < gap.start < window.end:
            yield Window(start, gap.start)
        if gap is not None and gap.end > start:
            start = min(max(gap.end, start), window.end) if gap.start < window.end else start
        day += timedelta(days=1)
    if start < window.end:
        yield Window(start, window.end)


def _crossings(store: DemoStore, window: Window) -> Iterator[tuple[str, Millis]]:
    since, until = window.start.timestamp() * 1000, window.end.timestamp() * 1000
    day = store_date(store, window.start)
    ins: list[Millis] = []
    outs: list[Millis] = []
    while day <= store_date(store, window.end):
        day_visits = visits(store, day)
        ins.append(day_visits.entered)
        outs.append(day_visits.left)
        day += timedelta(days=1)
    for direction, times in (("IN", np.concatenate(ins)), ("OUT", np.concatenate(outs))):
        yield direction, np.sort(times[(times >= since) & (times < until)])


def _insert_events(connection: Connection, store: DemoStore, direction: str, times: Millis) -> int:
    """Insert crossings; their ids are derived from their content, so that a second insert changes nothing."""
    written = 0
    for start in range(0, len(times), _BATCH):
        batch = "{" + ",".join(map(str, times[start : start + _BATCH].tolist())) + "}"
        written += connection.execute(
            "INSERT INTO events (ts, camera_id, store_id, event_id, direction, tracker_id, received_at) "
            "SELECT ts, %(camera)s, %(store)s, md5(%(salt)s || ms || '.' || repetition)::uuid, %(direction)s, n, "
            "       ts + interval '2 seconds' "
            "FROM (SELECT ms, n, row_number() OVER (PARTITION BY ms) AS repetition, "
            "             timestamptz 'epoch' + ms * interval '1 millisecond' AS ts "
            "      FROM unnest(%(times)s::bigint[]) WITH ORDINALITY AS crossing_time (ms, n)) AS crossing "
            "ON CONFLICT DO NOTHING",
            {
                "camera": store.history_camera.id,
                "store": store.id,
                "salt": f"{store.history_camera.id}.{direction}.",
                "direction": direction,
                "times": batch,
            },
        ).rowcount
    return written


def _insert_minutes(connection: Connection, store: DemoStore, window: Window) -> None:
    connection.execute(
        "INSERT INTO camera_minutes (minute, camera_id, store_id, frames, fps) "
        "SELECT minute, %s, %s, %s, %s "
        "FROM generate_series(%s::timestamptz, %s::timestamptz - interval '1 minute', interval '1 minute') AS minute "
        "ON CONFLICT DO NOTHING",
        (store.history_camera.id, store.id, _FRAMES_PER_MINUTE, _FRAMES_PER_MINUTE / 60, window.start, window.end),
    )


def _update_counting_periods(connection: Connection, store: DemoStore, window: Window) -> None:
    """Let only the generated camera count in the window; cameras that still count continue after it."""
    parameters = {
        "store": store.id,
        "history": store.history_camera.id,
        "start": window.start,
        "end": window.end,
    }
    extended = connection.execute(
        "UPDATE camera_counting_periods SET counts_until = %(end)s "
        "WHERE camera_id = %(history)s AND store_id = %(store)s AND counts_until = %(start)s",
        parameters,
    ).rowcount
    if not extended:
        connection.execute(
            "INSERT INTO camera_counting_periods (camera_id, store_id, counts_from, counts_until) "
            "VALUES (%(history)s, %(store)s, %(start)s, %(end)s)",
            parameters,
        )
    connection.execute(
        "INSERT INTO camera_counting_periods (camera_id, store_id, counts_from) "
        "SELECT camera_id, store_id, %(end)s FROM camera_counting_periods "
        "WHERE store_id = %(store)s AND counts_until IS NULL AND counts_from < %(end)s "
        "ON CONFLICT DO NOTHING",
        parameters,
    )
    connection.execute(
        "DELETE FROM camera_counting_periods WHERE store_id = %(store)s AND camera_id <> %(history)s "
        "AND counts_from >= %(start)s AND counts_from < %(end)s",
        parameters,
    )
    connection.execute(
        "UPDATE camera_counting_periods SET counts_until = %(start)s "
        "WHERE store_id = %(store)s AND camera_id <> %(history)s AND counts_from < %(start)s "
        "AND (counts_until IS NULL OR counts_until > %(start)s)",
        parameters,
    )
