"""Numbers of the database that the Lambdas rely on; `tests/unit/test_limits_agree.py` compares them with the SQL."""

from __future__ import annotations

from datetime import timedelta

EVENT_RETENTION = timedelta(days=400)
"""Events and camera minutes older than this are dropped; the aggregates stay."""

REFRESH_INTERVAL = timedelta(minutes=5)
"""The job `refresh_aggregates` runs once in this interval."""

REFRESH_WINDOW = timedelta(days=31)
"""How far back a refresh reaches: further than the oldest event that ingest accepts, and far from retention."""

REFRESH_SETTLED_AFTER = timedelta(minutes=35)
"""Younger buckets are never materialised, as in the config of the job.

Ingest notes data as late when it is older than 30 minutes; a transaction may take the five minutes between.
"""

REFRESH_LOCK = 0x72656672
"""Key of the advisory lock that is held while aggregates are refreshed: `refr`."""

MIGRATION_LOCK = 0x6D657472
"""Key of the advisory lock that is held while the schema is migrated: `metr`."""
