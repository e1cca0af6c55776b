"""Repository of crossings: one idempotent statement per batch."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from functions.common.limits import LATE_AFTER, SURELY_ON_TIME_WITHIN

from . import postgres_arrays as arrays
from .database import Connection
from .event_batch import DIRECTIONS, CheckedBatch, to_micros
from .late_ranges import insert_late_ranges

_DIRECTIONS = arrays.encode_texts(DIRECTIONS)

_BATCH = """
SELECT ts, camera_id, %(store_id)b::uuid AS store_id, event_id, direction, tracker_id
FROM unnest(%(ts)b, %(camera_id)b, %(event_id)b, %(direction)b, %(tracker_id)b)
     AS batch (ts, camera_id, event_id, direction, tracker_id)
"""

# Idempotent: the key is (camera_id, event_id, ts). A duplicate of an uncommitted row waits for its transaction.
# ORDER BY gives every batch the same order, so that two batches cannot deadlock.
_INSERT = f"""
INSERT INTO events (ts, camera_id, store_id, event_id, direction, tracker_id) {_BATCH} ORDER BY ts, camera_id, event_id
ON CONFLICT DO NOTHING
"""

# Events below the watermark of the aggregates are noted in the same transaction: their buckets are pending until the
# next refresh (db/timescale/aggregate_refresh.py). The statement does not read `events`: this role may only insert.
_INSERT_LATE = f"""
WITH new AS (
    {_INSERT} RETURNING 1
), late AS (
    {insert_late_ranges(f"SELECT store_id, ts FROM ({_BATCH}) AS batch WHERE EXISTS (SELECT FROM new)")}
)
SELECT FROM new
"""  # noqa: S608 - a constant

_SURELY_ON_TIME_MICROS = SURELY_ON_TIME_WITHIN // timedelta(microseconds=1)


def insert_events(connection: Connection, store_id: UUID, batch: CheckedBatch, now: datetime) -> int:
    """Insert the events of a batch, and return the number of those that were not stored before.

    Args:
        connection: connection of the process.
        store_id: store of the key.
        batch: at least one valid event.
        now: current time, aware.
    """
    is_late = min(batch.micros) < to_micros(now) - _SURELY_ON_TIME_MICROS
    cursor = connection.execute(
        _INSERT_LATE if is_late else _INSERT,
        {
            "store_id": store_id,
            "late_after": LATE_AFTER,
            "ts": arrays.timestamptz_array(batch.micros),
            "camera_id": arrays.uuid_array(batch.camera_ids),
            "event_id": arrays.uuid_array(batch.event_ids),
            "direction": arrays.text_array(batch.directions, _DIRECTIONS),
            "tracker_id": arrays.bigint_array(batch.tracker_ids),
        },
    )
    return cursor.rowcount
