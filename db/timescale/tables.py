"""The tables as SQLAlchemy knows them: what the Lambdas query through.

The migrations make them (`migrations/sql`); a test compares the two. Hypertables, aggregates and views are plain
`Table` objects: they have no identity that an ORM could track.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Time,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    }
)
views = MetaData()
"""Aggregates and views: never created or altered through SQLAlchemy."""

Moment = DateTime(timezone=True)


class Row(DeclarativeBase):
    """A row of one of Metrica's tables."""

    metadata = metadata
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        datetime: Moment,
        UUID: Uuid,
        dict[str, Any]: JSONB,
        time: Time,
    }


def _id() -> Mapped[UUID]:
    return mapped_column(primary_key=True, server_default=func.gen_random_uuid())


def _now() -> Mapped[datetime]:
    return mapped_column(server_default=func.now())


class User(Row):
    """Somebody who has signed in; `id` is the subject of the Supabase JWT."""

    __tablename__ = "users"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str]
    created_at: Mapped[datetime] = _now()
    last_seen_at: Mapped[datetime | None]


class Store(Row):
    """A store.

    `opening_hours`: `{"mon": [["09:00", "20:00"]], …}`; null = always open. `day_start`: when its store-day begins.
    """

    __tablename__ = "stores"
    __table_args__ = (CheckConstraint("capacity > 0", name="capacity"),)
    id: Mapped[UUID] = _id()
    name: Mapped[str]
    timezone: Mapped[str]
    day_start: Mapped[time] = mapped_column(server_default=text("'00:00'"))
    opening_hours: Mapped[dict[str, Any] | None]
    capacity: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime] = _now()
    archived_at: Mapped[datetime | None]


class StoreMember(Row):
    """Who may see a store."""

    __tablename__ = "store_members"
    __table_args__ = (
        CheckConstraint("role = 'owner'", name="role"),
        Index(None, "user_id"),
    )
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(server_default="owner")
    added_by: Mapped[UUID | None]
    added_at: Mapped[datetime] = _now()


class StoreInvite(Row):
    """An invitation by mail; `email` in lower case."""

    __tablename__ = "store_invites"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email"),
        Index(None, "store_id"),
        Index(None, "email"),
    )
    id: Mapped[UUID] = _id()
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"))
    email: Mapped[str]
    invited_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = _now()
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


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
    id: Mapped[UUID] = _id()
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
    created_at: Mapped[datetime] = _now()
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
    id: Mapped[UUID] = _id()
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"))
    name: Mapped[str]
    key_sha256: Mapped[bytes] = mapped_column(LargeBinary)
    hint: Mapped[str]
    created_at: Mapped[datetime] = _now()
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class OccupancyReset(Row):
    """The owner said how many were inside at a moment."""

    __tablename__ = "occupancy_resets"
    __table_args__ = (CheckConstraint("occupancy >= 0", name="occupancy"), Index(None, "store_id", "at"))
    id: Mapped[UUID] = _id()
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    occupancy: Mapped[int] = mapped_column(Integer)
    user_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = _now()


class CountCheck(Row):
    """A manual count of a window against ours."""

    __tablename__ = "count_checks"
    __table_args__ = (
        CheckConstraint("window_start < window_end", name="window"),
        CheckConstraint("least(manual_in, manual_out, counted_in, counted_out) >= 0", name="counts"),
        Index(None, "camera_id", "window_start"),
    )
    id: Mapped[UUID] = _id()
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
    created_at: Mapped[datetime] = _now()


class AuditEntry(Row):
    """Who changed what; never changed itself (a trigger refuses)."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "at"), Index(None, "store_id", "at"))
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = _now()
    actor_id: Mapped[UUID | None]
    actor_email: Mapped[str | None]
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str | None]
    store_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class AnalystGrant(Row):
    """Which stores an analyst's SQL role sees."""

    __tablename__ = "analyst_grants"
    role_name: Mapped[str] = mapped_column(primary_key=True)
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"), primary_key=True)
    granted_at: Mapped[datetime] = _now()


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
    received_at: Mapped[datetime] = _now()


users = metadata.tables["users"]
stores = metadata.tables["stores"]
store_members = metadata.tables["store_members"]
store_invites = metadata.tables["store_invites"]
cameras = metadata.tables["cameras"]
camera_counting_periods = metadata.tables["camera_counting_periods"]
worker_keys = metadata.tables["worker_keys"]
occupancy_resets = metadata.tables["occupancy_resets"]
count_checks = metadata.tables["count_checks"]
audit_log = metadata.tables["audit_log"]
analyst_grants = metadata.tables["analyst_grants"]
late_ranges = metadata.tables["late_ranges"]

events = Table(
    "events",
    metadata,
    Column("ts", Moment, nullable=False),
    Column("camera_id", Uuid, nullable=False),
    Column("store_id", Uuid, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("direction", Text, nullable=False),
    Column("tracker_id", BigInteger),
    Column("received_at", Moment, nullable=False, server_default=func.now()),
    CheckConstraint("direction IN ('IN', 'OUT')", name="direction"),
    UniqueConstraint("camera_id", "event_id", "ts"),
    Index(None, "store_id", "ts"),
)
"""Every crossing (hypertable on `ts`)."""

camera_minutes = Table(
    "camera_minutes",
    metadata,
    Column("minute", Moment, nullable=False),
    Column("camera_id", Uuid, nullable=False),
    Column("store_id", Uuid, nullable=False),
    Column("frames", Integer, nullable=False),
    Column("dropped", Integer, nullable=False, server_default=text("0")),
    Column("fps", REAL),
    Column("reconnects", Integer, nullable=False, server_default=text("0")),
    Column("received_at", Moment, nullable=False, server_default=func.now()),
    CheckConstraint("least(frames, dropped, reconnects) >= 0", name="counts"),
    UniqueConstraint("camera_id", "minute"),
)
"""What each camera saw, minute by minute (hypertable on `minute`)."""


def _footfall(name: str) -> Table:
    return Table(
        name,
        views,
        Column("bucket", Moment, nullable=False),
        Column("store_id", Uuid, nullable=False),
        Column("camera_id", Uuid, nullable=False),
        Column("ins", BigInteger, nullable=False),
        Column("outs", BigInteger, nullable=False),
        Column("in_offset_s", Double, nullable=False),
        Column("out_offset_s", Double, nullable=False),
    )


footfall_15m = _footfall("footfall_15m")
"""Per quarter-hour (UTC), store and camera; `*_offset_s` = Σ(ts − bucket) of that direction's crossings, in seconds."""

footfall_hourly = _footfall("footfall_hourly")
"""The same per hour (UTC); offsets relative to the hour."""

coverage_15m = Table(
    "coverage_15m",
    views,
    Column("bucket", Moment, nullable=False),
    Column("store_id", Uuid, nullable=False),
    Column("camera_id", Uuid, nullable=False),
    Column("minutes", BigInteger, nullable=False),
)
"""Minutes with frames per quarter-hour, 0..15."""

analytics_stores = Table(
    "stores",
    views,
    Column("store_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("day_start", Time, nullable=False),
    Column("capacity", Integer),
    Column("created_at", Moment, nullable=False),
    schema="analytics",
)

analytics_hourly_footfall = Table(
    "hourly_footfall",
    views,
    Column("store_id", Uuid, nullable=False),
    Column("store_name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("hour", Moment, nullable=False),
    Column("local_hour", DateTime(timezone=False), nullable=False),
    Column("local_date", Date, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("hour_of_day", Integer, nullable=False),
    Column("visitors", BigInteger, nullable=False),
    Column("exits", BigInteger, nullable=False),
    Column("coverage", Double),
    schema="analytics",
)
