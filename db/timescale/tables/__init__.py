"""The tables as SQLAlchemy objects: what the Lambdas query.

The migrations create them (`migrations/sql`), and a test compares the two. They are `Table` objects without an ORM:
importing SQLAlchemy's ORM would take an eighth of the API's cold start.
"""

from __future__ import annotations

from db.timescale.tables.calendar import public_holidays, special_days
from db.timescale.tables.cameras import (
    aggregate_refresh,
    camera_counting_periods,
    camera_line_minutes,
    camera_lines,
    camera_track_ends,
    cameras,
    count_checks,
    import_windows,
    late_ranges,
    worker_instances,
    worker_keys,
)
from db.timescale.tables.columns import metadata, view_metadata
from db.timescale.tables.incidents import incidents
from db.timescale.tables.notifications import (
    notification_channels,
    notification_incidents,
    notifications,
    report_subscriptions,
)
from db.timescale.tables.stores import (
    analyst_grants,
    analysts,
    audit_log,
    idempotency_keys,
    occupancy_resets,
    store_data_versions,
    store_days,
    store_first_hours,
    store_invites,
    store_members,
    store_settings,
    stores,
    superadmins,
    users,
    wall_links,
)
from db.timescale.tables.time_series import (
    analytics_hourly_footfall,
    analytics_stores,
    camera_minutes,
    coverage_15m,
    coverage_hourly,
    events,
    footfall_15m,
    footfall_hourly,
)

__all__ = [
    "aggregate_refresh",
    "analyst_grants",
    "analysts",
    "analytics_hourly_footfall",
    "analytics_stores",
    "audit_log",
    "camera_counting_periods",
    "camera_line_minutes",
    "camera_lines",
    "camera_minutes",
    "camera_track_ends",
    "cameras",
    "count_checks",
    "coverage_15m",
    "coverage_hourly",
    "events",
    "footfall_15m",
    "footfall_hourly",
    "idempotency_keys",
    "import_windows",
    "incidents",
    "late_ranges",
    "metadata",
    "notification_channels",
    "notification_incidents",
    "notifications",
    "occupancy_resets",
    "public_holidays",
    "report_subscriptions",
    "special_days",
    "store_data_versions",
    "store_days",
    "store_first_hours",
    "store_invites",
    "store_members",
    "store_settings",
    "stores",
    "superadmins",
    "users",
    "view_metadata",
    "wall_links",
    "worker_instances",
    "worker_keys",
]
