"""The body of ``POST /cameras/{id}/heartbeat``: pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from edge_worker.heartbeat.canary import id_break_ratio
from edge_worker.heartbeat.vitals import Pulse
from edge_worker.outbox import Minute, Totals
from edge_worker.outbox.records import Backlog
from edge_worker.timestamps import format_utc, parse_utc

MOST_MINUTES = 500
"""Minutes per heartbeat; a longer outage is caught up over several heartbeats."""


def heartbeat_body(
    now: datetime, version: str, pulse: Pulse, *, backlog: Backlog, totals: Totals, minutes: Sequence[Minute]
) -> dict[str, Any]:
    """What the backend is told.

    ``oldest_unsent_s`` is the age of the oldest crossing that waits, ≥ 0, or 0 when none does: the backend takes
    ``sent_at − oldest_unsent_s`` as the moment up to which everything has arrived.
    """
    age = (now - parse_utc(backlog.oldest)).total_seconds() if backlog.oldest else 0.0
    body: dict[str, Any] = {
        "sent_at": format_utc(now),
        "worker_version": version,
        "model": pulse.model,
        "backlog": backlog.events,
        "oldest_unsent_s": round(max(age, 0.0), 3),
        "totals": {"in": totals.ins, "out": totals.outs},
        "minutes": [
            {
                "minute": one.minute,
                "frames": one.frames,
                "dropped": one.dropped,
                "fps": one.fps,
                "reconnects": one.reconnects,
            }
            for one in minutes
        ],
    }
    ratio = id_break_ratio(pulse.near_line, pulse.crossings)
    if ratio is not None:
        body["id_break_ratio"] = ratio
    return body
