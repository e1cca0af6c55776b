"""Late crossings that have arrived but may not be in the aggregates yet."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from db.timescale.tables import late_ranges
from functions.api.kpi.window import Window
from functions.common.tenancy import ReadableStore

_JUST_AFTER = timedelta(microseconds=1)


def read_unsettled(session: Session, asked: Sequence[tuple[ReadableStore, Window]]) -> list[tuple[Window, ...]]:
    """For each store and window the stretches that have changed since the aggregates were last refreshed.

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
    rows = [(row.store_id, Window(row.first_ts, row.last_ts + _JUST_AFTER)) for row in session.execute(statement)]
    return [tuple(late for store_id, late in rows if store_id == store.id) for store, _ in asked]
