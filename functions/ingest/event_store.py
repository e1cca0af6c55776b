"""Repository of crossings: one idempotent statement per batch."""

from __future__ import annotations

from uuid import UUID

from . import binary
from .batch import DIRECTIONS, CheckedBatch
from .connection import Connection

_DIRECTIONS = binary.text_elements(DIRECTIONS)

# Sending a batch again changes nothing: the key is (camera_id, event_id, ts).
_INSERT = """
INSERT INTO events (ts, camera_id, store_id, event_id, direction, tracker_id)
SELECT ts, camera_id, %(store_id)b, event_id, direction, tracker_id
FROM unnest(%(ts)b, %(camera_id)b, %(event_id)b, %(direction)b, %(tracker_id)b)
     AS batch (ts, camera_id, event_id, direction, tracker_id)
ON CONFLICT DO NOTHING
"""


def insert_events(connection: Connection, store_id: UUID, batch: CheckedBatch) -> int:
    """Store the batch's events; the number that were not there before."""
    cursor = connection.execute(
        _INSERT,
        {
            "store_id": store_id,
            "ts": binary.timestamps(batch.micros),
            "camera_id": binary.uuids(batch.cameras),
            "event_id": binary.uuids(batch.event_ids),
            "direction": binary.texts(batch.directions, _DIRECTIONS),
            "tracker_id": binary.bigints(batch.tracker_ids),
        },
    )
    return cursor.rowcount
