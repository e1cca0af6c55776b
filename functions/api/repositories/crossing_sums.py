"""The sums of the single crossings of windows of the store-day in progress."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import DateTime, Integer, Uuid, select, true

from db.timescale.tables import events
from functions.api.kpi.buckets import CountingPeriod
from functions.api.kpi.live_occupancy import CrossingSum, sum_crossings
from functions.api.kpi.window import Window
from functions.api.repositories.arrays import unnest_rows
from functions.api.repositories.counting_periods import counts_at
from functions.api.repositories.packed_rows import PackedRows, Times
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

_TIME = DateTime(timezone=True)
_PACKED = PackedRows([events.c.ts, events.c.direction == "IN"])


def read_crossing_sums(
    connection: Connection, queries: Sequence[tuple[ReadableStore, Sequence[Window], Sequence[CountingPeriod]]]
) -> list[dict[Window, CrossingSum]]:
    """Return for each store the sums of the crossings of its windows, in one statement for all stores.

    Each window is one step into the index.

    Args:
        connection: the connection of the request.
        queries: the stores, their windows, and the periods whose crossings count.
    """
    asked = [(index, window) for index, (_, windows, _) in enumerate(queries) for window in windows]
    if not asked:
        return [{} for _ in queries]
    window = unnest_rows(
        "window_of_store",
        {"number": Integer(), "store_id": Uuid(), "start": _TIME, "until": _TIME},
        [(number, queries[index][0].id, window.start, window.end) for number, (index, window) in enumerate(asked)],
    )
    e = events.c
    crossings = (
        select(e.camera_id, _PACKED.aggregate.label("crossings"))
        .where(
            e.store_id == window.c.store_id,
            e.ts >= window.c.start,
            e.ts < window.c.until,
            e.ts >= min(window.start for _, window in asked),  # literals exclude chunks when the statement is planned
            e.ts < max(window.end for _, window in asked),
        )
        .group_by(e.camera_id)
        .lateral("crossings")
    )
    statement = select(window.c.number, *crossings.c).join_from(window, crossings, true())
    times = Times()
    counted: list[list[tuple[datetime, bool]]] = [[] for _ in asked]
    for number, camera_id, data in connection.execute(statement):
        periods = queries[asked[number][0]][2]
        for microseconds, is_in in _PACKED.unpack(data):
            at = times[microseconds]
            if counts_at(periods, camera_id, at):
                counted[number].append((at, is_in))
    sums: list[dict[Window, CrossingSum]] = [{} for _ in queries]
    for (index, of_store), of_window in zip(asked, counted, strict=True):
        sums[index][of_store] = sum_crossings(of_window)
    return sums
