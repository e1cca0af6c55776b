"""The windows whose aggregates are not up to date."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from db.timescale.tables import late_ranges
from functions.api.kpi.window import QUARTER, Window, merge_windows, quarter_floor
from functions.api.repositories.arrays import any_of
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


def read_stale_windows(
    connection: Connection, store_windows: Sequence[tuple[ReadableStore, Window]]
) -> list[tuple[Window, ...]]:
    """Return for each store and window the parts that have changed since the aggregates were last refreshed.

    The ingest stores these ranges when it accepts crossings older than the watermark of the aggregates. A refresh
    deletes them.

    Returns:
        Windows of whole quarter-hours, in order and merged. Some may lie outside of the window.
    """
    if not store_windows:
        return []
    late = late_ranges.c
    statement = select(late.store_id, late.first_ts, late.last_ts).where(
        late.store_id == any_of({store.id for store, _ in store_windows}),
        late.first_ts < max(window.end for _, window in store_windows),
        late.last_ts >= min(window.start for _, window in store_windows),
    )
    stale: dict[UUID, list[Window]] = {}
    for row in connection.execute(statement):
        # Whole quarter-hours: three weeks that arrive late then merge into one window instead of a thousand.
        window = Window(quarter_floor(row.first_ts), quarter_floor(row.last_ts) + QUARTER)
        stale.setdefault(row.store_id, []).append(window)
    return [tuple(merge_windows(stale.get(store.id, ()))) for store, _ in store_windows]
