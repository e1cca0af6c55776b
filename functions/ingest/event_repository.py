"""Repository of crossings: one idempotent statement per batch of a camera."""

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
ON CONFLICT DO NOTHING RETURNING 1
"""

# The same statement counts what it stores of the worker instance, so that a repetition counts nothing twice. The
# heartbeat compares this with the totals of the edge box. An event without an instance counts for that of the camera:
# of an older worker, or behind a proxy that drops the header. The statement does not read `events`: this role may only
# insert.
_COUNT_STORED = """
    INSERT INTO worker_instances AS known (camera_id, instance_id, stored)
    SELECT cameras.id, coalesce(%(instance_id)s::uuid, cameras.instance_id), (SELECT count(*) FROM new)
    FROM cameras
    WHERE cameras.id = %(batch_camera_id)s AND cameras.store_id = %(store_id)b
      AND coalesce(%(instance_id)s::uuid, cameras.instance_id) IS NOT NULL AND EXISTS (SELECT FROM new)
    ON CONFLICT (camera_id, instance_id) DO UPDATE SET stored = known.stored + excluded.stored
"""

_INSERT_ON_TIME = f"""
WITH new AS (
    {_INSERT}
), counted AS (
    {_COUNT_STORED}
)
SELECT count(*) FROM new
"""  # noqa: S608 - a constant

# Events below the watermark of the aggregates are noted in the same transaction: their buckets are pending until the
# next refresh (db/timescale/aggregate_refresh.py).
_INSERT_LATE = f"""
WITH new AS (
    {_INSERT}
), late AS (
    {insert_late_ranges(f"SELECT store_id, ts FROM ({_BATCH}) AS batch WHERE EXISTS (SELECT FROM new)")}
), counted AS (
    {_COUNT_STORED}
)
SELECT count(*) FROM new
"""  # noqa: S608 - a constant

_SURELY_ON_TIME_MICROS = SURELY_ON_TIME_WITHIN // timedelta(microseconds=1)


def insert_events(
    connection: Connection, *, store_id: UUID, batch: CheckedBatch, instance_id: UUID | None, now: datetime
) -> int:
    """Insert the events of a batch, and return the number of those that were not stored before.

    Args:
        connection: connection of the process.
        store_id: store of the key.
        batch: at least one valid event, all of one camera.
        instance_id: the instance of the edge worker; None of older edge workers.
        now: current time, aware.
    """
    is_late = min(batch.micros) < to_micros(now) - _SURELY_ON_TIME_MICROS
    row = connection.execute(
        _INSERT_LATE if is_late else _INSERT_ON_TIME,
        {
            "store_id": store_id,
            "instance_id": instance_id,
            "batch_camera_id": UUID(bytes=batch.camera_ids[0]),
            "late_after": LATE_AFTER,
            "ts": arrays.timestamptz_array(batch.micros),
            "camera_id": arrays.uuid_array(batch.camera_ids),
            "event_id": arrays.uuid_array(batch.event_ids),
            "direction": arrays.text_array(batch.directions, _DIRECTIONS),
            "tracker_id": arrays.bigint_array(batch.tracker_ids),
        },
    ).fetchone()
    return 0 if row is None else int(row[0])
