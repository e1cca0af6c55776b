"""The tables as SQLAlchemy knows them: what the Lambdas query through.

The migrations make them (`migrations/sql`); a test compares the two. They are plain `Table` objects: nobody needs
the identities that an ORM tracks, and importing SQLAlchemy's would be an eighth of the API's cold start.
"""

from __future__ import annotations

from db.timescale.tables.cameras import (
    aggregate_refresh,
    camera_counting_periods,
    cameras,
    count_checks,
    late_ranges,
    worker_keys,
)
from db.timescale.tables.columns import metadata, views
from db.timescale.tables.series import (
    analytics_hourly_footfall,
    analytics_stores,
    camera_minutes,
    coverage_15m,
    events,
    footfall_15m,
    footfall_hourly,
)
from db.timescale.tables.stores import (
    analyst_grants,
    audit_log,
    occupancy_resets,
    store_invites,
    store_members,
    stores,
    users,
)

__all__ = [
    "aggregate_refresh",
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
