"""The numbers that the schema and the code that uses it must agree on.

The migrations contain the same numbers as SQL. `tests/unit/test_limits_agree.py` compares them with the
constants of the Lambdas, and `tests/integration/db/test_schema.py` with the jobs of a database.
"""

from __future__ import annotations

from datetime import timedelta

MIGRATION_LOCK_KEY = 0x6D657472
"""Key of the advisory lock that a migration holds: `metr` in ASCII."""

MIGRATION_LOCK_TIMEOUT = timedelta(milliseconds=400)
"""How long a statement of a migration waits for a lock. Requests for the same table wait behind it."""

MIGRATION_PATIENCE = timedelta(minutes=5)
"""How long an upgrade is repeated while others hold a lock: longer than any statement of a function or an analyst."""

REFRESH_LOCK_KEY = 0x72656672
"""Key of the advisory lock that every refresh of a continuous aggregate holds: `refr` in ASCII."""

REFRESH_START_OFFSET = timedelta(days=31)
"""How far back the first run of the refresh job and its rechecks reach: further than the oldest event that ingest
accepts without an import window (30 days)."""

REFRESH_RECHECK = timedelta(hours=3)
"""How much of REFRESH_START_OFFSET each run rechecks: all of it in 248 runs, 21 hours."""

REFRESH_HOURS_PER_RUN = 168
"""At most this many hours with late data are refreshed in one run."""

REFRESH_HOURS_PER_STORE = 72
"""At most this many of them because of one store."""

REFRESH_END_OFFSET = timedelta(minutes=35)
"""Buckets younger than this are never materialised.

Ingest records events that are older than 30 minutes in `late_ranges`. The other five minutes are for transactions that
have not been committed yet.
"""

REFRESH_INTERVAL = timedelta(minutes=5)
"""How often the refresh job runs."""

RETENTION = timedelta(days=400)
"""How long `events` and `camera_minutes` are kept.

It must be longer than REFRESH_START_OFFSET: a refresh over dropped chunks deletes the rows of the aggregates.
"""

REFRESH_MAX_AGE = timedelta(days=399)
"""Late data older than this is not refreshed: its chunk may be dropped at any time."""

COLUMNSTORE_AFTER = timedelta(days=7)
"""Chunks older than this are moved to the columnstore."""

CHUNK_INTERVAL = timedelta(days=7)
"""The time that one chunk of `events` or `camera_minutes` covers."""
