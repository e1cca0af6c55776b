"""Repository of crossings: one idempotent statement per batch."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from functions.common.limits import LATE_AFTER, SURELY_ON_TIME_WITHIN

from . import binary
from .batch import DIRECTIONS, CheckedBatch, micros_of
from .connection import Connection

_DIRECTIONS = binary.text_elements(DIRECTIONS)

_BATCH = """
SELECT ts, camera_id, %(store_id)b::uuid AS store_id, event_id, direction, tracker_id
FROM unnest(%(ts)b, %(camera_id)b, %(event_id)b, %(direction)b, %(tracker_id)b)
     AS batch (ts, camera_id, event_id, direction, tracker_id)
"""

# Sending a batch again changes nothing: the key is (camera_id, event_id, ts). A duplicate of what is not committed yet
# waits for it: all batches go in the same order, so that no two wait for each other.
_INSERT = f"""
INSERT INTO events (ts, camera_id, store_id, event_id, direction, tracker_id) {_BATCH} ORDER BY ts, camera_id, event_id
ON CONFLICT DO NOTHING
"""

# What comes in below the aggregates' watermark is noted, in the same transaction: until the next refresh its buckets
# are pending (db/timescale/aggregate_refresh.py). Nothing is read back of `events`: this login may only add to it.
_INSERT_LATE = f"""
WITH new AS (
    {_INSERT} RETURNING 1
), late AS (
    INSERT INTO late_ranges (store_id, first_ts, last_ts)
    SELECT store_id, min(ts), max(ts) FROM ({_BATCH}) AS batch
    WHERE ts < now() - %(late_after)s AND EXISTS (SELECT FROM new)
    GROUP BY store_id
)
SELECT FROM new
"""  # noqa: S608 - a constant

_SURELY_ON_TIME_MICROS = SURELY_ON_TIME_WITHIN // timedelta(microseconds=1)


def insert_events(connection: Connection, store_id: UUID, batch: CheckedBatch, now: datetime) -> int:
    """Store the batch's events; the number that were not there before. `now` is aware."""
    is_late = min(batch.micros) < micros_of(now) - _SURELY_ON_TIME_MICROS
    cursor = connection.execute(
        _INSERT_LATE if is_late else _INSERT,
        {
            "store_id": store_id,
            "late_after": LATE_AFTER,
            "ts": binary.timestamps(batch.micros),
            "camera_id": binary.uuids(batch.cameras),
            "event_id": binary.uuids(batch.event_ids),
            "direction": binary.texts(batch.directions, _DIRECTIONS),
            "tracker_id": binary.bigints(batch.tracker_ids),
        },
    )
    return cursor.rowcount
