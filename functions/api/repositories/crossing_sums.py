"""The sums of the single crossings of windows of the store-day in progress."""

from collections.abc import Sequence

from sqlalchemy import DateTime, Integer, Uuid, case, func, literal, or_, select, true

from db.timescale.tables import camera_counting_periods as periods
from db.timescale.tables import events
from functions.api.kpi.live_occupancy import CrossingSum
from functions.api.kpi.window import Window
from functions.api.repositories.arrays import unnest_rows
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

_TIME = DateTime(timezone=True)


def read_crossing_sums(
    connection: Connection, store_windows: Sequence[tuple[ReadableStore, Sequence[Window]]]
) -> list[dict[Window, CrossingSum]]:
    """Return for each store the sums of the crossings of its windows, in one statement for all stores.

    Only crossings in a counting period of their camera count. Each window is one step into the index.
    """
    rows = [(index, store.id, window) for index, (store, windows) in enumerate(store_windows) for window in windows]
    sums: list[dict[Window, CrossingSum]] = [{} for _ in store_windows]
    if not rows:
        return sums
    window = unnest_rows(
        "window_of_store",
        {"store_index": Integer(), "store_id": Uuid(), "start": _TIME, "until": _TIME},
        [(index, store_id, window.start, window.end) for index, store_id, window in rows],
    )
    e = events.c
    counts = (
        select(literal(1))
        .where(
            periods.c.store_id == e.store_id,
            periods.c.camera_id == e.camera_id,
            periods.c.counts_from <= e.ts,
            or_(periods.c.counts_until.is_(None), periods.c.counts_until > e.ts),
        )
        .exists()
    )
    step = case((e.direction == "IN", 1), else_=-1)
    crossing = (
        select(
            step.label("step"),
            func.sum(step).over(order_by=(e.ts, e.direction), rows=(None, 0)).label("sum_so_far"),  # 'IN' before 'OUT'
        )
        .where(
            e.store_id == window.c.store_id,
            e.ts >= window.c.start,
            e.ts < window.c.until,
            e.ts >= min(window.start for _, _, window in rows),  # literals exclude chunks when the statement is planned
            e.ts < max(window.end for _, _, window in rows),
            counts,
        )
        .lateral("crossing")
    )
    statement = (
        select(
            window.c.store_index,
            window.c.start,
            window.c.until,
            func.coalesce(func.sum(crossing.c.step), 0).label("total"),
            func.least(func.min(crossing.c.sum_so_far), 0).label("lowest"),
        )
        .join_from(window, crossing, true(), isouter=True)
        .group_by(window.c.store_index, window.c.start, window.c.until)
    )
    for row in connection.execute(statement):
        sums[row.store_index][Window(row.start, row.until)] = CrossingSum(int(row.total), int(row.lowest))
    return sums
