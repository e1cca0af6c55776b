"""The tables of cameras: settings, counting periods, keys, count checks, late data."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from db.timescale.tables.columns import Timestamp, id_column, metadata, now_column, parent_column

cameras = Table(
    "cameras",
    metadata,
    id_column(),
    Column("store_id", Uuid, ForeignKey("stores.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("origin", Text, nullable=False, server_default="camera"),
    Column("is_counting_line", Boolean, nullable=False, server_default=text("true")),
    Column("line", ARRAY(Double)),
    Column("anchor", Text, nullable=False, server_default="foot"),
    Column("line_version", Integer, nullable=False, server_default=text("1")),
    Column("sample_fps", REAL, nullable=False, server_default=text("10")),
    Column("snapshot_interval_s", Integer, nullable=False, server_default=text("0")),
    Column("snapshot_requested_at", Timestamp),
    Column("snapshot_at", Timestamp),
    Column("snapshot_key", Text),
    Column("last_seen_at", Timestamp),
    Column("delivered_until", Timestamp),
    Column("worker_version", Text),
    Column("model", Text),
    Column("backlog", Integer),
    Column("oldest_unsent_s", Double),
    Column("total_in", BigInteger),
    Column("total_out", BigInteger),
    now_column("created_at"),
    Column("archived_at", Timestamp),
    Column("refused", Integer),
    Column("lost", Integer),
    Column("set_aside", Integer),
    Column("instance_id", Uuid),
    Column("instance_seen_at", Timestamp),
    Column("rejected_instance_id", Uuid),
    Column("rejected_instance_at", Timestamp),
    Column("view_accepted_at", Timestamp),
    Column("min_stay_s", REAL, nullable=False, server_default=text("0")),
    Column("ignore_children", Boolean, nullable=False, server_default=text("false")),
    Column("picture", Text),
    Column("track_fragmentation", Double),
    Column("fps_wanted", Double),
    Column("fps_reached", Double),
    Column("decode_ms", Double),
    Column("inference_ms", Double),
    Column("device", Text),
    Column("clock_offset_s", Double),
    Column("person_height", Double),
    CheckConstraint("picture IN ('ok', 'frozen', 'covered', 'moved', 'damaged', 'people_not_seen')", name="picture"),
    CheckConstraint("origin IN ('camera', 'generated', 'simulated')", name="origin"),
    CheckConstraint("anchor IN ('center', 'foot')", name="anchor"),
    CheckConstraint("cardinality(line) = 4 AND 0 <= ALL (line) AND 1 >= ALL (line)", name="line"),
    CheckConstraint("sample_fps > 0", name="sample_fps"),
    CheckConstraint("snapshot_interval_s >= 0", name="snapshot_interval_s"),
    CheckConstraint("min_stay_s BETWEEN 0 AND 60", name="min_stay_s"),
    Index(None, "store_id"),
)
"""A camera, its settings, and the last report of its edge worker.

`line` is `[ax, ay, bx, by]` in 0..1, or null for a line at mid-height. A trigger increases `line_version` when the line
or the anchor changes. Everything that the camera counted before `delivered_until` has arrived.

`instance_id` is the outbox of the edge worker that counts the camera; null until a worker has reported one.
`rejected_instance_id` is another worker that was turned away, last at `rejected_instance_at`.

At `view_accepted_at` a superadmin has accepted the present view of the camera as the one for its line.

`min_stay_s` and `ignore_children` are the counting policy: which crossings its edge worker drops. 0 and false are off.

`picture` to `person_height` are the measurements of the last heartbeat, null where it had none (docs/edge.md).
"""

worker_instances = Table(
    "worker_instances",
    metadata,
    parent_column("cameras", primary_key=True),
    Column("instance_id", Uuid, primary_key=True),
    Column("stored", BigInteger, nullable=False, server_default=text("0")),
    Column("counted_before", BigInteger),
    Column("totals_difference", BigInteger),
    Column("totals_differ_since", Timestamp),
    Column("run_ids", ARRAY(Uuid), nullable=False, server_default="{}"),
    Column("copy_seen_at", Timestamp),
)
"""The crossings of each worker instance that ingest has stored, compared with the totals of its edge box.

`stored` counts since the table exists; `counted_before` is what the totals contained before the first heartbeat.
`totals_difference` is the delivered crossings by the account of the edge box less both, at its last heartbeat without a
backlog; it differs from 0 since `totals_differ_since`.

`run_ids` are the newest starts of the worker, newest first. At `copy_seen_at` a start reported again after another one:
two edge boxes run with copies of one outbox.
"""

camera_track_ends = Table(
    "camera_track_ends",
    metadata,
    parent_column("cameras"),
    now_column("received_at"),
    Column("points", JSONB, nullable=False),
    Index(None, "camera_id", "received_at"),
)
"""Where tracks ended near the line of a camera in the last hour: `points` is `[[x, y], …]` in 0..1 of the picture."""

camera_counting_periods = Table(
    "camera_counting_periods",
    metadata,
    parent_column("cameras", primary_key=True),
    parent_column("stores", primary_key=True),
    Column("counts_from", Timestamp, primary_key=True),
    Column("counts_until", Timestamp),
    CheckConstraint("counts_from < counts_until", name="order"),
    Index(None, "store_id"),
)
"""The counting periods of each camera for a store. They begin and end on quarter-hours.

A trigger on `cameras` writes them. `counts_until` is null while the camera counts.
"""

camera_lines = Table(
    "camera_lines",
    metadata,
    parent_column("cameras", primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("line", ARRAY(Double)),
    Column("anchor", Text, nullable=False),
    Column("valid_from", Timestamp, nullable=False),
    Column("created_by", Uuid),
)
"""The versions of the line and the anchor of each camera, from 1 on. A trigger on `cameras` writes them.

`valid_from` is when the version was set. The camera counts with it from its next heartbeat on, or later when its edge
box is offline: `camera_line_minutes`. `created_by` is the user id of a superadmin; null when a command set the line.
"""

camera_line_minutes = Table(
    "camera_line_minutes",
    metadata,
    parent_column("cameras"),
    Column("day", Date, nullable=False),
    Column("line_version", Integer),
    Column("first_minute", Timestamp, nullable=False),
    Column("last_minute", Timestamp, nullable=False),
    UniqueConstraint("camera_id", "day", "line_version", postgresql_nulls_not_distinct=True),
    CheckConstraint("line_version > 0", name="line_version"),
    CheckConstraint("first_minute <= last_minute", name="order"),
)
"""The first and the last minute of a UTC day in which a camera counted with a version of its line, from its heartbeats.

`line_version` is null for a line that is not of the backend: one of the command line of the edge worker. Minutes of
edge workers that do not report a version are in no row.
"""

worker_keys = Table(
    "worker_keys",
    metadata,
    id_column(),
    parent_column("stores"),
    Column("name", Text, nullable=False),
    Column("key_sha256", LargeBinary, nullable=False),
    Column("hint", Text, nullable=False),
    Column("created_by", Uuid),
    now_column("created_at"),
    Column("last_used_at", Timestamp),
    Column("revoked_at", Timestamp),
    UniqueConstraint("key_sha256"),
    CheckConstraint("octet_length(key_sha256) = 32", name="key_sha256"),
    Index(None, "store_id"),
)
"""A key of a store's edge workers. Only its SHA-256 is stored; `hint` is its last four characters.

`created_by` is the user id of a superadmin; null for a key that a command made.
"""

count_checks = Table(
    "count_checks",
    metadata,
    id_column(),
    parent_column("stores"),
    parent_column("cameras"),
    Column("window_start", Timestamp, nullable=False),
    Column("window_end", Timestamp, nullable=False),
    Column("manual_in", Integer, nullable=False),
    Column("manual_out", Integer, nullable=False),
    Column("counted_in", Integer, nullable=False),
    Column("counted_out", Integer, nullable=False),
    Column("note", Text),
    Column("user_id", Uuid),
    now_column("created_at"),
    Column("parts", JSONB),
    Column("complete", Boolean),
    CheckConstraint("window_start < window_end", name="window"),
    CheckConstraint("least(manual_in, manual_out, counted_in, counted_out) >= 0", name="counts"),
    Index(None, "camera_id", "window_start"),
)
"""A manual count of a window, and the counts of the camera in the same window.

`parts` is the same counts in parts of the window, `[{start, end, manual_in, manual_out, counted_in, counted_out}, …]`;
null for a window that is one part. `complete` says whether all crossings of the window had arrived; null where that is
unknown.
"""

import_windows = Table(
    "import_windows",
    metadata,
    id_column(),
    parent_column("stores"),
    parent_column("cameras"),
    Column("window_start", Timestamp, nullable=False),
    Column("window_end", Timestamp, nullable=False),
    Column("opened_by", Uuid),
    now_column("opened_at"),
    Column("expires_at", Timestamp, nullable=False),
    Column("closed_at", Timestamp),
    CheckConstraint("window_start < window_end", name="window"),
    Index(None, "camera_id"),
)
"""While it is open, ingest accepts events and minutes of the camera in the window although they are too old.

`opened_by` is the user id of a superadmin.
"""

aggregate_refresh = Table(
    "aggregate_refresh",
    metadata,
    Column("id", SmallInteger, primary_key=True, server_default="1", autoincrement=False),
    now_column("refreshed_at"),
    Column("refreshed_until", Timestamp),
    Column("recheck_from", Timestamp),
    CheckConstraint("id = 1", name="single"),
)
"""One row: the state of the refresh job.

`refreshed_at` is when it last finished, `refreshed_until` the end of what it has refreshed without a gap, and
`recheck_from` the hour of history at which the next run goes on rechecking.
"""

late_ranges = Table(
    "late_ranges",
    metadata,
    Column("store_id", Uuid, primary_key=True),
    Column("hour", Timestamp, primary_key=True),
    Column("first_ts", Timestamp, nullable=False),
    Column("last_ts", Timestamp, nullable=False),
    now_column("received_at"),
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint(
        "hour <= first_ts AND first_ts <= last_ts AND last_ts < hour + interval '1 hour'", name="within_hour"
    ),
)
"""Events or minutes of a store that arrived after their buckets could have been materialised, by UTC hour.

The buckets in [first_ts, last_ts] are pending until the refresh job has refreshed the hour. `version` grows with each
batch that adds to the hour, so that the job deletes only what it has covered.
"""
