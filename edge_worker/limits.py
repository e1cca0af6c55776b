"""Numbers that the edge worker and the cloud must agree on; `tests/unit/test_limits_agree.py` compares them."""

from __future__ import annotations

HEARTBEAT_INTERVAL_S = 30.0
"""Seconds between heartbeats of a camera, unless `--heartbeat-s` says otherwise."""

MAX_EVENTS_PER_BATCH = 1000
"""Events in one `POST /events`, as ingest takes them."""

MAX_MINUTES_PER_HEARTBEAT = 1440
"""Minutes in one heartbeat, as ingest takes them; an outage of days is sent in several heartbeats."""

MAX_TRACK_ENDS = 200
"""Track ends in one heartbeat, as ingest takes them; only the newest ones are kept."""

RELIABLE_FPS = 8.0
"""Below this many frames per second, people at a door move too far between two frames to be followed reliably."""

MAX_SNAPSHOT_BYTES = 512 * 1024
"""Size of a snapshot as ingest takes it, bytes."""
