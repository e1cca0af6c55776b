"""Repository of crossings: one idempotent statement per batch of a camera."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from functions.common.limits import INSTANCE_GRACE, LATE_AFTER, SURELY_ON_TIME_WITHIN

from . import postgres_arrays as arrays
from .database import Connection
from .event_batch import DIRECTIONS, CheckedBatch, to_micros
from .late_ranges import insert_late_ranges

_DIRECTIONS = arrays.encode_texts(DIRECTIONS)

_BATCH = """
SELECT ts, %(camera_id)b::uuid AS camera_id, %(store_id)b::uuid AS store_id, event_id, direction, tracker_id
FROM unnest(%(ts)b, %(event_id)b, %(direction)b, %(tracker_id)b) AS batch (ts, event_id, direction, tracker_id)
"""

# Idempotent: the key is (camera_id, event_id, ts). A duplicate of an uncommitted row waits for its transaction.
# ORDER BY gives every batch the same order, so that two batches cannot deadlock.
_INSERT = f"""
INSERT INTO events (ts, camera_id, store_id, event_id, direction, tracker_id) {_BATCH}
WHERE NOT EXISTS (SELECT FROM turned_away) ORDER BY ts, event_id
ON CONFLICT DO NOTHING RETURNING 1
"""

# One row if another living instance counts the camera: then nothing is inserted. An older edge worker has no instance
# and is not checked.
_TURN_AWAY = """
    UPDATE cameras SET rejected_instance_id = %(instance_id)s::uuid, rejected_instance_at = now()
    WHERE id = %(camera_id)b AND store_id = %(store_id)b AND archived_at IS NULL
      AND instance_id <> %(instance_id)s::uuid AND instance_seen_at >= now() - %(instance_grace)s::interval
    RETURNING 1
"""

# The same statement counts what it stores of the worker instance, so that a repetition counts nothing twice. The
# heartbeat compares this with the totals of the edge box. An event without an instance counts for that of the camera:
# of an older worker, or behind a proxy that drops the header. The statement does not read `events`: this role may only
# insert.
_COUNT_STORED = """
    INSERT INTO worker_instances AS known (camera_id, instance_id, stored)
    SELECT cameras.id, coalesce(%(instance_id)s::uuid, cameras.instance_id), (SELECT count(*) FROM new)
    FROM cameras
    WHERE cameras.id = %(camera_id)b AND cameras.store_id = %(store_id)b
      AND coalesce(%(instance_id)s::uuid, cameras.instance_id) IS NOT NULL AND EXISTS (SELECT FROM new)
    ON CONFLICT (camera_id, instance_id) DO UPDATE SET stored = known.stored + excluded.stored
"""

_INSERT_ON_TIME = f"""
WITH turned_away AS (
    {_TURN_AWAY}
), new AS (
    {_INSERT}
), counted AS (
    {_COUNT_STORED}
)
SELECT (SELECT count(*) FROM new), EXISTS (SELECT FROM turned_away)
"""  # noqa: S608 - a constant

# Events below the watermark of the aggregates are noted in the same transaction: their buckets are pending until the
# next refresh (db/timescale/aggregate_refresh.py).
_INSERT_LATE = f"""
WITH turned_away AS (
    {_TURN_AWAY}
), new AS (
    {_INSERT}
), late AS (
    {insert_late_ranges(f"SELECT store_id, ts FROM ({_BATCH}) AS batch WHERE EXISTS (SELECT FROM new)")}
), counted AS (
    {_COUNT_STORED}
)
SELECT (SELECT count(*) FROM new), EXISTS (SELECT FROM turned_away)
"""  # noqa: S608 - a constant

_SURELY_ON_TIME_MICROS = SURELY_ON_TIME_WITHIN // timedelta(microseconds=1)


def insert_events(
    connection: Connection, *, store_id: UUID, batch: CheckedBatch, instance_id: UUID | None, now: datetime
) -> int | None:
    """Insert the events of a batch.

    Args:
        connection: connection of the process.
        store_id: store of the key.
        batch: at least one valid event, all of one camera.
        instance_id: the instance of the edge worker; None of older edge workers.
        now: current time, aware.

    Returns:
        How many of them were not stored before; None if another living instance counts the camera.
    """
    is_late = min(batch.micros) < to_micros(now) - _SURELY_ON_TIME_MICROS
    row = connection.execute(
        _INSERT_LATE if is_late else _INSERT_ON_TIME,
        {
            "store_id": store_id,
            "instance_id": instance_id,
            "camera_id": UUID(bytes=batch.camera_ids[0]),
            "instance_grace": INSTANCE_GRACE,
            "late_after": LATE_AFTER,
            "ts": arrays.timestamptz_array(batch.micros),
            "event_id": arrays.uuid_array(batch.event_ids),
            "direction": arrays.text_array(batch.directions, _DIRECTIONS),
            "tracker_id": arrays.bigint_array(batch.tracker_ids),
        },
    ).fetchone()
    return None if row is None or row[1] else int(row[0])
