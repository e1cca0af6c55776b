"""Repository of cameras for edge boxes: configuration, heartbeat and snapshot.

Every statement has the store of the key in its condition, so a camera of another store is not found.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from functions.common.limits import INSTANCE_GRACE, LATE_AFTER, TRACK_ENDS_RETENTION

from . import postgres_arrays as arrays
from .database import Connection
from .fields import MAX_INT
from .heartbeat import Heartbeat
from .late_ranges import insert_late_ranges


@dataclass(frozen=True, slots=True)
class CameraConfig:
    """The settings of a camera. `line` is [ax, ay, bx, by] in 0..1, or None for mid-height.

    Edge workers learn the view of the camera again when `view_accepted_at` changes.
    """

    camera_id: UUID
    store_id: UUID
    name: str
    is_counting_line: bool
    line: list[float] | None
    anchor: str
    sample_fps: float
    snapshot_interval_s: int
    line_version: int
    view_accepted_at: datetime | None
    min_stay_s: float
    ignore_children: bool


@dataclass(frozen=True, slots=True)
class StoredHeartbeat:
    """What the response to a heartbeat contains."""

    config: CameraConfig
    snapshot_requested: bool


MAX_RUN_IDS = 8
"""Starts of an edge worker that are kept: more copies of one outbox than this are not told apart."""

_CONFIG_COLUMNS = """id, store_id, name, is_counting_line, line, anchor, sample_fps, snapshot_interval_s,
    line_version, view_accepted_at, min_stay_s, ignore_children"""

_READ_CONFIG = f"""
SELECT {_CONFIG_COLUMNS} FROM cameras WHERE id = %(camera_id)s AND store_id = %(store_id)s AND archived_at IS NULL
"""  # noqa: S608 - a constant

# One statement: a heartbeat is stored completely or not at all. The parts of a minute in one heartbeat are added. A
# minute that arrives again keeps the larger counts: a sum would not be idempotent, and an edge box that was restarted
# within a minute reports the whole minute again, the part that it has reported before included. Minutes below the
# watermark of the coverage are noted as late, like events. The minutes of a line version are widened only, so their
# order and their repetition do not matter. The comparison of the totals is explained in 0019_camera_measurements.sql.
_STORE_HEARTBEAT = f"""
WITH camera AS (
    UPDATE cameras SET
        last_seen_at = now(),
        delivered_until = coalesce(%(delivered_until)s, delivered_until),
        worker_version = %(worker_version)s,
        model = %(model)s,
        backlog = %(backlog)s,
        oldest_unsent_s = %(oldest_unsent_s)s,
        total_in = %(total_in)s,
        total_out = %(total_out)s,
        refused = %(refused)s,
        lost = %(lost)s,
        set_aside = %(set_aside)s,
        picture = %(picture)s,
        track_fragmentation = %(track_fragmentation)s,
        fps_wanted = %(fps_wanted)s,
        fps_reached = %(fps_reached)s,
        decode_ms = %(decode_ms)s,
        inference_ms = %(inference_ms)s,
        device = %(device)s,
        clock_offset_s = %(clock_offset_s)s,
        person_height = %(person_height)s,
        instance_id = coalesce(%(instance_id)s::uuid, instance_id),
        instance_seen_at = CASE WHEN %(instance_id)s::uuid IS NULL THEN instance_seen_at ELSE now() END,
        rejected_instance_id = nullif(rejected_instance_id, %(instance_id)s::uuid)
    WHERE id = %(camera_id)s AND store_id = %(store_id)s AND archived_at IS NULL
      AND (%(instance_id)s::uuid IS NULL OR instance_id IS NULL OR instance_id = %(instance_id)s::uuid
           OR instance_seen_at < now() - %(instance_grace)s::interval)
    RETURNING {_CONFIG_COLUMNS},
        snapshot_requested_at IS NOT NULL AND (snapshot_at IS NULL OR snapshot_at < snapshot_requested_at)
            AS snapshot_requested
), minutes AS (
    INSERT INTO camera_minutes AS stored (minute, camera_id, store_id, frames, dropped, fps, reconnects)
    SELECT sent.minute, camera.id, camera.store_id, least(sum(sent.frames), %(max_count)s),
           least(sum(sent.dropped), %(max_count)s), max(sent.fps), least(sum(sent.reconnects), %(max_count)s)
    FROM camera, unnest(%(minute)b, %(frames)b, %(dropped)b, %(fps)b, %(reconnects)b)
         AS sent (minute, frames, dropped, fps, reconnects)
    GROUP BY sent.minute, camera.id, camera.store_id
    ON CONFLICT (camera_id, minute) DO UPDATE SET
        frames = excluded.frames, dropped = greatest(stored.dropped, excluded.dropped), fps = excluded.fps,
        reconnects = greatest(stored.reconnects, excluded.reconnects), received_at = now()
    WHERE excluded.frames > stored.frames
    RETURNING stored.store_id, stored.minute
), late AS (
    {insert_late_ranges("SELECT store_id, minute AS ts FROM minutes")}
), line_minutes AS (
    INSERT INTO camera_line_minutes AS stored (camera_id, day, line_version, first_minute, last_minute)
    SELECT camera.id, (sent.minute AT TIME ZONE 'UTC')::date, sent.line_version, min(sent.minute), max(sent.minute)
    FROM camera, unnest(%(line_minute)b, %(line_version)b) AS sent (minute, line_version)
    GROUP BY 1, 2, 3
    ON CONFLICT (camera_id, day, line_version) DO UPDATE SET
        first_minute = least(stored.first_minute, excluded.first_minute),
        last_minute = greatest(stored.last_minute, excluded.last_minute)
    WHERE excluded.first_minute < stored.first_minute OR excluded.last_minute > stored.last_minute
), track_ends AS (
    INSERT INTO camera_track_ends (camera_id, points)
    SELECT camera.id, %(track_ends)s::jsonb FROM camera WHERE %(track_ends)s::jsonb IS NOT NULL
), old_track_ends AS (
    DELETE FROM camera_track_ends USING camera
    WHERE camera_id = camera.id AND received_at < now() - %(track_ends_retention)s::interval
      AND %(track_ends)s::jsonb IS NOT NULL
), instance AS (
    INSERT INTO worker_instances AS known (camera_id, instance_id, counted_before, totals_difference, run_ids)
    SELECT camera.id, %(instance_id)s::uuid, %(delivered)s::bigint, 0 * %(delivered)s::bigint,
           array_remove(ARRAY[%(run_id)s::uuid], NULL)
    FROM camera WHERE %(instance_id)s::uuid IS NOT NULL
    ON CONFLICT (camera_id, instance_id) DO UPDATE SET
        counted_before = coalesce(known.counted_before, excluded.counted_before - known.stored),
        totals_difference = coalesce(
            excluded.counted_before - known.stored - known.counted_before,
            excluded.totals_difference,
            known.totals_difference
        ),
        totals_differ_since = CASE
            WHEN excluded.counted_before IS NULL THEN known.totals_differ_since
            WHEN excluded.counted_before - known.stored <> known.counted_before
                THEN coalesce(known.totals_differ_since, now())
        END,
        run_ids = CASE WHEN %(run_id)s::uuid IS NULL THEN known.run_ids
            ELSE (%(run_id)s::uuid || array_remove(known.run_ids, %(run_id)s::uuid))[1:%(max_run_ids)s] END,
        copy_seen_at = CASE WHEN %(run_id)s::uuid = ANY (known.run_ids[2:]) THEN now() ELSE known.copy_seen_at END
)
SELECT * FROM camera
"""  # noqa: S608 - a constant

# One row if another living instance counts the camera.
_REJECT_INSTANCE = """
UPDATE cameras SET rejected_instance_id = %(instance_id)s, rejected_instance_at = now()
WHERE id = %(camera_id)s AND store_id = %(store_id)s AND archived_at IS NULL
  AND instance_id <> %(instance_id)s AND instance_seen_at >= now() - %(instance_grace)s::interval
"""

_STORE_SNAPSHOT_KEY = """
UPDATE cameras SET snapshot_at = now(), snapshot_key = %(key)s
WHERE id = %(camera_id)s AND store_id = %(store_id)s AND archived_at IS NULL
"""


def read_config(connection: Connection, store_id: UUID, camera_id: UUID) -> CameraConfig | None:
    """Return the configuration of a camera of the store, or None if the store has no such camera."""
    row = connection.execute(_READ_CONFIG, {"camera_id": camera_id, "store_id": store_id}).fetchone()
    return None if row is None else CameraConfig(*row)


def reject_instance(connection: Connection, store_id: UUID, camera_id: UUID, instance_id: UUID) -> bool:
    """Return whether another living instance counts the camera, and note that this one was turned away."""
    values = {
        "store_id": store_id,
        "camera_id": camera_id,
        "instance_id": instance_id,
        "instance_grace": INSTANCE_GRACE,
    }
    return connection.execute(_REJECT_INSTANCE, values).rowcount > 0


def store_heartbeat(
    connection: Connection, store_id: UUID, camera_id: UUID, heartbeat: Heartbeat, instance_id: UUID | None = None
) -> StoredHeartbeat | None:
    """Store a heartbeat with its minutes.

    Args:
        connection: connection of the process.
        store_id: store of the key.
        camera_id: the camera.
        heartbeat: the heartbeat.
        instance_id: the instance of the edge worker; None of older edge workers.

    Returns:
        None if the store has no such camera, or if another living instance counts it.
    """
    with_line = [minute for minute in heartbeat.minutes if minute.reports_line and minute.frames]
    values: dict[str, datetime | object] = {
        "camera_id": camera_id,
        "store_id": store_id,
        "late_after": LATE_AFTER,
        "delivered_until": heartbeat.delivered_until,
        "worker_version": heartbeat.worker_version,
        "model": heartbeat.model,
        "backlog": heartbeat.backlog,
        "oldest_unsent_s": heartbeat.oldest_unsent_s,
        "total_in": heartbeat.total_in,
        "total_out": heartbeat.total_out,
        "refused": heartbeat.refused,
        "lost": heartbeat.lost,
        "set_aside": heartbeat.set_aside,
        **asdict(heartbeat.measurements),
        "track_ends": json.dumps(heartbeat.track_ends) if heartbeat.track_ends else None,
        "track_ends_retention": TRACK_ENDS_RETENTION,
        "delivered": heartbeat.delivered,
        "run_id": heartbeat.run_id,
        "max_run_ids": MAX_RUN_IDS,
        "max_count": MAX_INT,
        "instance_id": instance_id,
        "instance_grace": INSTANCE_GRACE,
        "minute": arrays.timestamptz_array([minute.micros for minute in heartbeat.minutes]),
        "frames": arrays.bigint_array([minute.frames for minute in heartbeat.minutes]),
        "dropped": arrays.bigint_array([minute.dropped for minute in heartbeat.minutes]),
        "fps": arrays.real_array([minute.fps for minute in heartbeat.minutes]),
        "reconnects": arrays.bigint_array([minute.reconnects for minute in heartbeat.minutes]),
        "line_minute": arrays.timestamptz_array([minute.micros for minute in with_line]),
        "line_version": arrays.bigint_array([minute.line_version for minute in with_line]),
    }
    row = connection.execute(_STORE_HEARTBEAT, values).fetchone()
    return None if row is None else StoredHeartbeat(CameraConfig(*row[:-1]), row[-1])


def store_snapshot_key(connection: Connection, store_id: UUID, camera_id: UUID, key: str) -> bool:
    """Set the object key of the camera's snapshot. Returns False if the store has no such camera."""
    values = {"camera_id": camera_id, "store_id": store_id, "key": key}
    return connection.execute(_STORE_SNAPSHOT_KEY, values).rowcount == 1
