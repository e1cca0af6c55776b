"""Cameras: what they count, their keys, and what is known of how well."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from db.timescale.tables.row import Row, new_id, now


class Camera(Row):
    """A camera and what its edge worker last said.

    `delivered_until`: everything the camera counted before it has arrived.
    `line`: `[ax, ay, bx, by]` in 0..1; null = mid-height.
    """

    __tablename__ = "cameras"
    __table_args__ = (
        CheckConstraint("origin IN ('camera', 'generated', 'simulated')", name="origin"),
        CheckConstraint("anchor IN ('center', 'foot')", name="anchor"),
        CheckConstraint("cardinality(line) = 4 AND 0 <= ALL (line) AND 1 >= ALL (line)", name="line"),
        CheckConstraint("sample_fps > 0", name="sample_fps"),
        CheckConstraint("snapshot_interval_s >= 0", name="snapshot_interval_s"),
        Index(None, "store_id"),
    )
    id: Mapped[UUID] = new_id()
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id"))
    name: Mapped[str]
    origin: Mapped[str] = mapped_column(server_default="camera")
    is_counting_line: Mapped[bool] = mapped_column(Boolean, server_default=text("true"))
    line: Mapped[list[float] | None] = mapped_column(ARRAY(Double))
    anchor: Mapped[str] = mapped_column(server_default="foot")
    sample_fps: Mapped[float] = mapped_column(REAL, server_default=text("10"))
    snapshot_interval_s: Mapped[int] = mapped_column(Integer, server_default=text("3600"))
    snapshot_requested_at: Mapped[datetime | None]
    snapshot_at: Mapped[datetime | None]
    snapshot_key: Mapped[str | None]
    last_seen_at: Mapped[datetime | None]
    delivered_until: Mapped[datetime | None]
    worker_version: Mapped[str | None]
    model: Mapped[str | None]
    backlog: Mapped[int | None] = mapped_column(Integer)
    oldest_unsent_s: Mapped[float | None] = mapped_column(Double)
    total_in: Mapped[int | None] = mapped_column(BigInteger)
    total_out: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = now()
    archived_at: Mapped[datetime | None]


class CameraCountingPeriod(Row):
    """When a camera counted for a store, on quarter-hours; kept in step with `cameras` by a trigger.

    `counts_until` null = it still does.
    """

    __tablename__ = "camera_counting_periods"
    __table_args__ = (CheckConstraint("counts_from < counts_until", name="order"), Index(None, "store_id"))
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("cameras.id", ondelete="CASCADE"), primary_key=True)
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"), primary_key=True)
    counts_from: Mapped[datetime] = mapped_column(primary_key=True)
    counts_until: Mapped[datetime | None]


class WorkerKey(Row):
    """A store's key for its edge workers: only its SHA-256 is kept; `hint` is its last four characters."""

    __tablename__ = "worker_keys"
    __table_args__ = (
        UniqueConstraint("key_sha256"),
        CheckConstraint("octet_length(key_sha256) = 32", name="key_sha256"),
        Index(None, "store_id"),
    )
    id: Mapped[UUID] = new_id()
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"))
    name: Mapped[str]
    key_sha256: Mapped[bytes] = mapped_column(LargeBinary)
    hint: Mapped[str]
    created_at: Mapped[datetime] = now()
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class CountCheck(Row):
    """A manual count of a window against ours."""

    __tablename__ = "count_checks"
    __table_args__ = (
        CheckConstraint("window_start < window_end", name="window"),
        CheckConstraint("least(manual_in, manual_out, counted_in, counted_out) >= 0", name="counts"),
        Index(None, "camera_id", "window_start"),
    )
    id: Mapped[UUID] = new_id()
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"))
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("cameras.id", ondelete="CASCADE"))
    window_start: Mapped[datetime]
    window_end: Mapped[datetime]
    manual_in: Mapped[int] = mapped_column(Integer)
    manual_out: Mapped[int] = mapped_column(Integer)
    counted_in: Mapped[int] = mapped_column(Integer)
    counted_out: Mapped[int] = mapped_column(Integer)
    note: Mapped[str | None]
    user_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = now()


class LateRange(Row):
    """Events or minutes older than the aggregates' watermark have come for a store.

    Its buckets in [first_ts, last_ts] are pending until the next refresh (`db.timescale.late`).
    """

    __tablename__ = "late_ranges"
    __table_args__ = (CheckConstraint("first_ts <= last_ts", name="order"), Index(None, "store_id"))
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    store_id: Mapped[UUID]
    first_ts: Mapped[datetime]
    last_ts: Mapped[datetime]
    received_at: Mapped[datetime] = now()
