"""Late crossings that have arrived but may not be in the aggregates yet."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select

from db.timescale.tables import late_ranges
from functions.api.kpi.window import QUARTER, Window, joined, quarter_floor
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


def read_unsettled(connection: Connection, asked: Sequence[tuple[ReadableStore, Window]]) -> list[tuple[Window, ...]]:
    """For each store and window the stretches that have changed since the aggregates were last refreshed, joined.

    The ingest notes them when it takes crossings older than the aggregates' watermark; a refresh strikes them off.
    """
    if not asked:
        return []
    late = late_ranges.c
    statement = select(late.store_id, late.first_ts, late.last_ts).where(
        or_(
            *(
                and_(late.store_id == store.id, late.first_ts < window.end, late.last_ts >= window.start)
                for store, window in asked
            )
        )
    )
    found: dict[UUID, list[Window]] = {}
    for row in connection.execute(statement):
        # Whole quarter-hours, as the aggregates': a box that delivers three weeks makes one stretch, not a thousand.
        stretch = Window(quarter_floor(row.first_ts), quarter_floor(row.last_ts) + QUARTER)
        found.setdefault(row.store_id, []).append(stretch)
    return [tuple(joined(found.get(store.id, ()))) for store, _ in asked]
