"""Repository of cameras, as an edge box sees them: its configuration, its heartbeat, its snapshot.

Every statement names the store of the key beside the camera: a camera of another store is not found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from functions.common.limits import LATE_AFTER

from . import binary
from .connection import Connection
from .heartbeat import Heartbeat


@dataclass(frozen=True, slots=True)
class CameraConfig:
    """What the admin has set for a camera. `line` is [ax, ay, bx, by] in 0..1, or None for mid-height."""

    camera_id: UUID
    store_id: UUID
    name: str
    is_counting_line: bool
    line: list[float] | None
    anchor: str
    sample_fps: float
    snapshot_interval_s: int


_CONFIG = """id, store_id, name, is_counting_line, line, anchor, sample_fps, snapshot_interval_s"""

_READ = f"""
SELECT {_CONFIG} FROM cameras WHERE id = %(camera_id)s AND store_id = %(store_id)s AND archived_at IS NULL
"""  # noqa: S608 - a constant

# One statement, so that a beat is stored whole or not at all. A minute that comes again (a retry, or the second half of
# a minute in which the box restarted) keeps the larger counts: adding them up would not be idempotent. What comes below
# the watermark of the coverage is noted, as late crossings are.
_BEAT = f"""
WITH camera AS (
    UPDATE cameras SET
        last_seen_at = now(),
        delivered_until = coalesce(%(delivered_until)s, delivered_until),
        worker_version = %(worker_version)s,
        model = %(model)s,
        backlog = %(backlog)s,
        oldest_unsent_s = %(oldest_unsent_s)s,
        total_in = %(total_in)s,
        total_out = %(total_out)s
    WHERE id = %(camera_id)s AND store_id = %(store_id)s AND archived_at IS NULL
    RETURNING {_CONFIG},
        snapshot_requested_at IS NOT NULL AND (snapshot_at IS NULL OR snapshot_at < snapshot_requested_at) AS wanted
), minutes AS (
    INSERT INTO camera_minutes AS stored (minute, camera_id, store_id, frames, dropped, fps, reconnects)
    SELECT DISTINCT ON (sent.minute) sent.minute, camera.id, camera.store_id, sent.frames, sent.dropped, sent.fps,
           sent.reconnects
    FROM camera, unnest(%(minute)b, %(frames)b, %(dropped)b, %(fps)b, %(reconnects)b)
         AS sent (minute, frames, dropped, fps, reconnects)
    ORDER BY sent.minute, sent.frames DESC
    ON CONFLICT (camera_id, minute) DO UPDATE SET
        frames = excluded.frames, dropped = greatest(stored.dropped, excluded.dropped), fps = excluded.fps,
        reconnects = greatest(stored.reconnects, excluded.reconnects), received_at = now()
    WHERE excluded.frames > stored.frames
    RETURNING stored.store_id, stored.minute
), late AS (
    INSERT INTO late_ranges (store_id, first_ts, last_ts)
    SELECT store_id, min(minute), max(minute) FROM minutes WHERE minute < now() - %(late_after)s
    GROUP BY store_id
)
SELECT * FROM camera
"""  # noqa: S608 - a constant

_SNAPSHOT = """
UPDATE cameras SET snapshot_at = now(), snapshot_key = %(key)s
WHERE id = %(camera_id)s AND store_id = %(store_id)s AND archived_at IS NULL
"""


def read_config(connection: Connection, store_id: UUID, camera_id: UUID) -> CameraConfig | None:
    row = connection.execute(_READ, {"camera_id": camera_id, "store_id": store_id}).fetchone()
    return None if row is None else CameraConfig(*row)


def record_heartbeat(
    connection: Connection, store_id: UUID, camera_id: UUID, beat: Heartbeat
) -> tuple[CameraConfig, bool] | None:
    """Store a beat with its minutes; the camera's config and whether a snapshot is wanted. None: no such camera."""
    values: dict[str, datetime | object] = {
        "camera_id": camera_id,
        "store_id": store_id,
        "late_after": LATE_AFTER,
        "delivered_until": beat.delivered_until,
        "worker_version": beat.worker_version,
        "model": beat.model,
        "backlog": beat.backlog,
        "oldest_unsent_s": beat.oldest_unsent_s,
        "total_in": beat.total_in,
        "total_out": beat.total_out,
        "minute": binary.timestamps([minute.micros for minute in beat.minutes]),
        "frames": binary.bigints([minute.frames for minute in beat.minutes]),
        "dropped": binary.bigints([minute.dropped for minute in beat.minutes]),
        "fps": binary.reals([minute.fps for minute in beat.minutes]),
        "reconnects": binary.bigints([minute.reconnects for minute in beat.minutes]),
    }
    row = connection.execute(_BEAT, values).fetchone()
    return None if row is None else (CameraConfig(*row[:-1]), row[-1])


def record_snapshot(connection: Connection, store_id: UUID, camera_id: UUID, key: str) -> bool:
    """Point the camera at its new snapshot. False: no such camera."""
    return connection.execute(_SNAPSHOT, {"camera_id": camera_id, "store_id": store_id, "key": key}).rowcount == 1
