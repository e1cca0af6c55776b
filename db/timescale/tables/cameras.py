"""Cameras: what they count, their keys, and what is known of how well."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Identity,
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
from sqlalchemy.dialects.postgresql import ARRAY

from db.timescale.tables.columns import Moment, metadata, new_id, now, part_of

cameras = Table(
    "cameras",
    metadata,
    new_id(),
    Column("store_id", Uuid, ForeignKey("stores.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("origin", Text, nullable=False, server_default="camera"),
    Column("is_counting_line", Boolean, nullable=False, server_default=text("true")),
    Column("line", ARRAY(Double)),
    Column("anchor", Text, nullable=False, server_default="foot"),
    Column("sample_fps", REAL, nullable=False, server_default=text("10")),
    Column("snapshot_interval_s", Integer, nullable=False, server_default=text("3600")),
    Column("snapshot_requested_at", Moment),
    Column("snapshot_at", Moment),
    Column("snapshot_key", Text),
    Column("last_seen_at", Moment),
    Column("delivered_until", Moment),
    Column("worker_version", Text),
    Column("model", Text),
    Column("backlog", Integer),
    Column("oldest_unsent_s", Double),
    Column("total_in", BigInteger),
    Column("total_out", BigInteger),
    now("created_at"),
    Column("archived_at", Moment),
    CheckConstraint("origin IN ('camera', 'generated', 'simulated')", name="origin"),
    CheckConstraint("anchor IN ('center', 'foot')", name="anchor"),
    CheckConstraint("cardinality(line) = 4 AND 0 <= ALL (line) AND 1 >= ALL (line)", name="line"),
    CheckConstraint("sample_fps > 0", name="sample_fps"),
    CheckConstraint("snapshot_interval_s >= 0", name="snapshot_interval_s"),
    Index(None, "store_id"),
)
"""A camera and what its edge worker last said.

`delivered_until`: everything the camera counted before it has arrived.
`line`: `[ax, ay, bx, by]` in 0..1; null = mid-height.
"""

camera_counting_periods = Table(
    "camera_counting_periods",
    metadata,
    part_of("cameras", primary_key=True),
    part_of("stores", primary_key=True),
    Column("counts_from", Moment, primary_key=True),
    Column("counts_until", Moment),
    CheckConstraint("counts_from < counts_until", name="order"),
    Index(None, "store_id"),
)
"""When a camera counted for a store, on quarter-hours; kept in step with `cameras` by a trigger.

`counts_until` null = it still does.
"""

worker_keys = Table(
    "worker_keys",
    metadata,
    new_id(),
    part_of("stores"),
    Column("name", Text, nullable=False),
    Column("key_sha256", LargeBinary, nullable=False),
    Column("hint", Text, nullable=False),
    now("created_at"),
    Column("last_used_at", Moment),
    Column("revoked_at", Moment),
    UniqueConstraint("key_sha256"),
    CheckConstraint("octet_length(key_sha256) = 32", name="key_sha256"),
    Index(None, "store_id"),
)
"""A store's key for its edge workers: only its SHA-256 is kept; `hint` is its last four characters."""

count_checks = Table(
    "count_checks",
    metadata,
    new_id(),
    part_of("stores"),
    part_of("cameras"),
    Column("window_start", Moment, nullable=False),
    Column("window_end", Moment, nullable=False),
    Column("manual_in", Integer, nullable=False),
    Column("manual_out", Integer, nullable=False),
    Column("counted_in", Integer, nullable=False),
    Column("counted_out", Integer, nullable=False),
    Column("note", Text),
    Column("user_id", Uuid),
    now("created_at"),
    CheckConstraint("window_start < window_end", name="window"),
    CheckConstraint("least(manual_in, manual_out, counted_in, counted_out) >= 0", name="counts"),
    Index(None, "camera_id", "window_start"),
)
"""A manual count of a window against ours."""

aggregate_refresh = Table(
    "aggregate_refresh",
    metadata,
    Column("id", SmallInteger, primary_key=True, server_default="1", autoincrement=False),
    now("refreshed_at"),
    CheckConstraint("id = 1", name="single"),
)
"""One row: when the refresh job last came to its end."""

late_ranges = Table(
    "late_ranges",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("store_id", Uuid, nullable=False),
    Column("first_ts", Moment, nullable=False),
    Column("last_ts", Moment, nullable=False),
    now("received_at"),
    CheckConstraint("first_ts <= last_ts", name="order"),
    Index(None, "store_id"),
)
"""Events or minutes older than the aggregates' watermark have come for a store.

Its buckets in [first_ts, last_ts] are pending until the next refresh (`db.timescale.aggregate_refresh`).
"""
