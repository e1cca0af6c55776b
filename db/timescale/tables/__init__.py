"""The tables as SQLAlchemy knows them: what the Lambdas query through.

The migrations make them (`migrations/sql`); a test compares the two. Hypertables, aggregates and views are plain
`Table` objects: they have no identity that an ORM could track.
"""

from __future__ import annotations

from db.timescale.tables.cameras import Camera, CameraCountingPeriod, CountCheck, LateRange, WorkerKey
from db.timescale.tables.row import Row, metadata, views
from db.timescale.tables.series import (
    analytics_hourly_footfall,
    analytics_stores,
    camera_minutes,
    coverage_15m,
    events,
    footfall_15m,
    footfall_hourly,
)
from db.timescale.tables.stores import AnalystGrant, AuditEntry, OccupancyReset, Store, StoreInvite, StoreMember, User

__all__ = [
    "AnalystGrant",
    "AuditEntry",
    "Camera",
    "CameraCountingPeriod",
    "CountCheck",
    "LateRange",
    "OccupancyReset",
    "Row",
    "Store",
    "StoreInvite",
    "StoreMember",
    "User",
    "WorkerKey",
    "analyst_grants",
    "analytics_hourly_footfall",
    "analytics_stores",
    "audit_log",
    "camera_counting_periods",
    "camera_minutes",
    "cameras",
    "count_checks",
    "coverage_15m",
    "events",
    "footfall_15m",
    "footfall_hourly",
    "late_ranges",
    "metadata",
    "occupancy_resets",
    "store_invites",
    "store_members",
    "stores",
    "users",
    "views",
    "worker_keys",
]

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
