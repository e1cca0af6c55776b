"""What is measured: the hypertables, their aggregates, and the analysts' views."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    Index,
    Integer,
    Table,
    Text,
    Time,
    UniqueConstraint,
    Uuid,
    func,
    text,
)

from db.timescale.tables.columns import Moment, metadata, views

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
