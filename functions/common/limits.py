"""Numbers that several parts of the system must agree on, for the Lambdas.

`db` and `edge_worker` must not import this module: `db/timescale/limits.py` and `edge_worker/limits.py` declare theirs.
`tests/unit/test_limits_agree.py` compares the three, the SQL of the migrations and `serverless.yml`.
"""

from __future__ import annotations

from datetime import timedelta

KIB = 1024

# Requests

IDEMPOTENCY_RETENTION = timedelta(days=1)
"""The maintenance Lambda deletes older idempotency keys: a repetition of their requests creates again."""

# Crossings

EVENT_MAX_AGE = timedelta(days=30)
"""Ingest rejects older events as `too_old`. After this time no bucket is pending any more.

An edge box can be offline for this long without losing a crossing. The refresh of the aggregates reaches further back.
"""

IMPORT_MAX_AGE = timedelta(days=398)
"""In an open import window ingest accepts events up to this age.

Two days less than `EVENT_RETENTION`: the aggregates must be refreshed before the database drops the events.
"""

INSTANCE_GRACE = timedelta(minutes=5)
"""Another edge worker may take a camera over after this silence of the one that counts it: ten heartbeats."""

EVENT_MAX_CLOCK_SKEW = timedelta(minutes=5)
"""Ingest rejects events further in the future as `future_timestamp`: the clocks of edge boxes differ a little."""

EVENT_RETENTION = timedelta(days=400)
"""The database drops older events and camera minutes; the aggregates stay.

Longer than the refresh window: refreshing over dropped chunks would delete rows of the aggregates. Longer than a year,
so that a year can be compared with the year before.
"""

MIN_SAMPLE_FPS = 4.0
"""The admin API refuses a lower frame rate of a camera: its counts would be wrong."""

RELIABLE_FPS = 8.0
"""The admin API warns of a lower frame rate: people at a door move too far between two frames."""

LONGEST_MIN_STAY_S = 60
"""The longest shortest stay of a camera: its edge worker reports every entry this much later."""

MAX_EVENTS_PER_BATCH = 1000
"""Events in one `POST /events`."""

MAX_BATCH_BYTES = 1024 * KIB
"""Size of a `POST /events` body after decompression, bytes: 1000 events of about 300 bytes, with a wide margin."""

# Refresh of the continuous aggregates

LATE_AFTER = timedelta(minutes=30)
"""Data older than this when it arrives is noted in `late_ranges`: the aggregates may already be materialised there.

Shorter than `REFRESH_END_OFFSET` of the database, by the time that a transaction may take.
"""

SURELY_ON_TIME_WITHIN = timedelta(minutes=25)
"""A batch whose events are all younger than this, by the clock of the Lambda, skips the statement that notes late data.

Shorter than `LATE_AFTER`, by more than the clocks of the Lambda and of the database may differ.
"""

REFRESH_OVERDUE_AFTER = timedelta(minutes=30)
"""The maintenance Lambda fails, which raises its alarm, when the last refresh is older: six missed runs of the job."""

REFRESH_LAG_ALARM = timedelta(minutes=65)
"""It fails when what the refresh job has refreshed ends longer ago: `REFRESH_OVERDUE_AFTER` and the 35 minutes that the
job leaves out."""

JOB_OVERDUE_AFTER = timedelta(minutes=30)
"""It fails when the database has not started a job this long after it was due."""

WORK_OVERDUE_AFTER = {
    "refresh_aggregates": timedelta(hours=6),
    "policy_compression": timedelta(days=1),
    "policy_retention": timedelta(days=2),
    "end_long_analyst_statements": timedelta(minutes=30),
}
"""It fails when the work of a job is undone this long after it became due.

Late hours: a store that was offline for 30 days needs 50 minutes, see `REFRESH_HOURS_PER_STORE` of the database. The
policies run every 12 and 24 hours.
"""

# Heartbeats and snapshots

HEARTBEAT_INTERVAL = timedelta(seconds=30)
"""An edge worker sends one heartbeat per camera in this interval."""

ONLINE_WITHIN = timedelta(minutes=3)
"""A camera is online when its last heartbeat is at most this old: six intervals, so that a retry is not an outage."""

MAX_TRACK_ENDS = 200
"""Points in `track_ends` of one heartbeat."""

TRACK_ENDS_RETENTION = timedelta(hours=1)
"""Ingest deletes older track ends of a camera. They show where to draw its line."""

MAX_MINUTES_PER_HEARTBEAT = 1440
"""Minutes of coverage in one heartbeat: a day. A longer outage is sent in several heartbeats."""

MAX_HEARTBEAT_BYTES = 512 * KIB
"""Size of a heartbeat body after decompression, bytes: 1440 minutes of about 120 bytes, with a wide margin."""

MAX_SNAPSHOT_BYTES = 512 * KIB
"""Size of a snapshot, bytes: a JPEG of 1280 pixels width."""

MAX_SNAPSHOT_SIDE_PX = 4096
"""Width and height of a snapshot, pixels: larger images are refused without decoding them."""

SNAPSHOT_LINK_LIFETIME = timedelta(minutes=5)
"""How long the signed URL of a snapshot works."""

UNUSED_SNAPSHOT_LIFETIME = timedelta(days=1)
"""Maintenance deletes snapshots that no camera refers to after this time: a signed URL may still be in use."""

# Owners and worker keys

INVITE_LIFETIME = timedelta(days=7)
"""How long an invitation can be accepted."""

EXPIRED_INVITE_RETENTION = timedelta(days=90)
"""Maintenance deletes invitations that expired unaccepted longer ago than this: they hold e-mail addresses."""

MAX_WORKER_KEYS_PER_STORE = 20
"""Worker keys of a store that are not revoked: one per edge box, and a second one during rotation."""

# Requests of the owner API and of the admin API

MAX_JSON_BODY_BYTES = 64 * KIB
"""Size of a request body, bytes. The largest legitimate one is a store with its opening hours, about 2 KiB."""

OCCUPANCY_RESET_LOCK = "occupancy_resets"
"""First key of the advisory lock on the occupancy resets of a store, hashed; the second is the store's id, hashed."""
