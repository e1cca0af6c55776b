"""The body of ``POST /cameras/{id}/heartbeat`` and its answer: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from edge_worker.clock import format_utc, parse_utc
from edge_worker.counters import RunCounters
from edge_worker.outbox.records import UNKNOWN_LINE_VERSION, Backlog, Minute, Totals


def heartbeat_body(
    now: datetime,
    version: str,
    counters: RunCounters,
    *,
    counted_until: datetime | None,
    backlog: Backlog,
    totals: Totals,
    minutes: Sequence[Minute],
    lost: int = 0,
    set_aside: int = 0,
    instance_id: str | None = None,
) -> dict[str, Any]:
    """Return the JSON body of a heartbeat.

    ``sent_at`` is the time of the newest counted frame, not of the message: the backend takes
    ``sent_at − oldest_unsent_s`` as the time up to which all crossings have arrived, and crossings on frames that have
    not been processed yet have not. ``oldest_unsent_s`` is the age at ``sent_at`` of the oldest crossing that waits or
    was refused, 0 if there is none.

    Args:
        now: The corrected time.
        version: The version of the worker.
        counters: The counters of the run.
        counted_until: When the newest frame was taken, read before ``backlog``; None before the first frame.
        backlog: What waits for delivery.
        totals: The crossings of the camera since its outbox was created.
        minutes: The coverage minutes to deliver.
        lost: Crossings that could not be stored anywhere.
        set_aside: Crossings that wait because the backend cannot read them.
        instance_id: The id of the outbox.
    """
    sent_at = min(counted_until or now, now)
    oldest = min((ts for ts in (backlog.oldest, backlog.oldest_dead) if ts), default=None)
    oldest_unsent_s = (sent_at - parse_utc(oldest)).total_seconds() if oldest else 0.0
    body: dict[str, Any] = {
        "sent_at": format_utc(sent_at),
        "worker_version": version,
        "model": counters.model,
        "backlog": backlog.events,
        "oldest_unsent_s": round(max(oldest_unsent_s, 0.0), 3),
        "refused": backlog.dead,
        "lost": lost,
        "set_aside": set_aside,
        "totals": {"in": totals.ins, "out": totals.outs},
        "minutes": [_minute(minute) for minute in minutes],
    }
    if instance_id is not None:
        body["instance_id"] = instance_id
    fragmentation = counters.track_fragmentation
    if fragmentation is not None:
        body["track_fragmentation"] = fragmentation
    return body


def refused_minutes(answer: Mapping[str, Any], minutes: Sequence[Minute]) -> list[Minute]:
    """Return the minutes of a heartbeat that the backend refused as too old: it accepts them in an import window.

    Args:
        answer: The body of the answer.
        minutes: The minutes of the heartbeat, in its order.
    """
    rejected = answer.get("rejected")
    indexes = {
        row.get("index")
        for row in (rejected if isinstance(rejected, list) else [])
        if isinstance(row, dict) and row.get("reason") == "too_old"
    }
    return [minute for index, minute in enumerate(minutes) if index in indexes]


def _minute(minute: Minute) -> dict[str, Any]:
    members: dict[str, Any] = {
        "minute": minute.minute,
        "frames": minute.frames,
        "dropped": minute.dropped,
        "fps": minute.fps,
        "reconnects": minute.reconnects,
    }
    if minute.line_version != UNKNOWN_LINE_VERSION:
        members["line_version"] = minute.line_version
    return members
