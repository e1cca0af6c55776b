"""The hypertables, their continuous aggregates, and the views of the analysts."""

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

from db.timescale.tables.columns import Timestamp, metadata, view_metadata

events = Table(
    "events",
    metadata,
    Column("ts", Timestamp, nullable=False),
    Column("camera_id", Uuid, nullable=False),
    Column("store_id", Uuid, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("direction", Text, nullable=False),
    Column("tracker_id", BigInteger),
    Column("received_at", Timestamp, nullable=False, server_default=func.now()),
    CheckConstraint("direction IN ('IN', 'OUT')", name="direction"),
    UniqueConstraint("camera_id", "event_id", "ts"),
    Index(None, "store_id", "ts"),
)
"""One row per crossing. A hypertable on `ts`."""

camera_minutes = Table(
    "camera_minutes",
    metadata,
    Column("minute", Timestamp, nullable=False),
    Column("camera_id", Uuid, nullable=False),
    Column("store_id", Uuid, nullable=False),
    Column("frames", Integer, nullable=False),
    Column("dropped", Integer, nullable=False, server_default=text("0")),
    Column("fps", REAL),
    Column("reconnects", Integer, nullable=False, server_default=text("0")),
    Column("received_at", Timestamp, nullable=False, server_default=func.now()),
    CheckConstraint("least(frames, dropped, reconnects) >= 0", name="counts"),
    UniqueConstraint("camera_id", "minute"),
)
"""One row per camera and minute: whether frames were received and processed. A hypertable on `minute`."""


def _footfall(name: str) -> Table:
    return Table(
        name,
        view_metadata,
        Column("bucket", Timestamp, nullable=False),
        Column("store_id", Uuid, nullable=False),
        Column("camera_id", Uuid, nullable=False),
        Column("ins", BigInteger, nullable=False),
        Column("outs", BigInteger, nullable=False),
        Column("in_offset_s", Double, nullable=False),
        Column("out_offset_s", Double, nullable=False),
    )


footfall_15m = _footfall("footfall_15m")
"""Crossings per quarter-hour in UTC, store and camera.

`in_offset_s` and `out_offset_s` are the sums of (ts − bucket) over the crossings of each direction, in seconds.
"""

footfall_hourly = _footfall("footfall_hourly")
"""Crossings per hour in UTC, store and camera. The offsets are relative to the hour."""


def _coverage(name: str) -> Table:
    return Table(
        name,
        view_metadata,
        Column("bucket", Timestamp, nullable=False),
        Column("store_id", Uuid, nullable=False),
        Column("camera_id", Uuid, nullable=False),
        Column("minutes", BigInteger, nullable=False),
    )


coverage_15m = _coverage("coverage_15m")
"""Observed minutes (minutes with frames) per quarter-hour in UTC, store and camera: 0 to 15."""

coverage_hourly = _coverage("coverage_hourly")
"""Observed minutes per hour in UTC, store and camera: 0 to 60."""

analytics_stores = Table(
    "stores",
    view_metadata,
    Column("store_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("day_start", Time, nullable=False),
    Column("capacity", Integer),
    Column("created_at", Timestamp, nullable=False),
    schema="analytics",
)
"""The stores that are granted to the current role."""

analytics_hourly_footfall = Table(
    "hourly_footfall",
    view_metadata,
    Column("store_id", Uuid, nullable=False),
    Column("store_name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("hour", Timestamp, nullable=False),
    Column("local_hour", DateTime(timezone=False), nullable=False),
    Column("local_date", Date, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("hour_of_day", Integer, nullable=False),
    Column("visitors", BigInteger, nullable=False),
    Column("exits", BigInteger, nullable=False),
    Column("observed_share", Double),
    schema="analytics",
)
"""One row per hour of the store's clock, for the stores that are granted to the current role.

`timezone` is the one that was valid at the hour. Where it changes within an hour, the two parts are two rows.

`observed_share` is the observed share of the minutes in which cameras counted, of the whole hour, open or not.
"""
