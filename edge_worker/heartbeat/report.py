"""The body of ``POST /cameras/{id}/heartbeat``: pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from edge_worker.clock import format_utc, parse_utc
from edge_worker.heartbeat.canary import id_break_ratio
from edge_worker.heartbeat.vitals import Pulse
from edge_worker.outbox import Minute, Totals
from edge_worker.outbox.records import Backlog


def heartbeat_body(
    now: datetime, version: str, pulse: Pulse, *, backlog: Backlog, totals: Totals, minutes: Sequence[Minute]
) -> dict[str, Any]:
    """What the backend is told.

    ``sent_at`` is the moment of the newest frame that was counted, not of the message: the backend takes
    ``sent_at − oldest_unsent_s`` as the moment up to which everything has arrived, and what is on a frame that nobody
    has looked at yet has not. ``oldest_unsent_s`` is how much older the oldest waiting crossing is, 0 when none waits.
    """
    counted_until = min(pulse.last_frame_at or now, now)
    age = (counted_until - parse_utc(backlog.oldest)).total_seconds() if backlog.oldest else 0.0
    body: dict[str, Any] = {
        "sent_at": format_utc(counted_until),
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
