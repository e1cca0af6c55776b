"""The body of ``POST /cameras/{id}/heartbeat`` and its answer: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from edge_worker.camera_status import CameraStatus
from edge_worker.clock import format_utc, parse_utc
from edge_worker.counters import RunCounters
from edge_worker.outbox.records import UNKNOWN_LINE_VERSION, Backlog, Minute, Totals
from edge_worker.overhead.view import View

TURNED = " (picture turned: seen from straight above)"
"""Is added to the name of the model while the pictures of the camera are turned."""


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
    run_id: str | None = None,
    camera: CameraStatus | None = None,
    track_ends: Sequence[tuple[float, float]] = (),
    clock_offset_s: float | None = None,
) -> dict[str, Any]:
    """Return the JSON body of a heartbeat.

    ``sent_at`` is the time of the newest counted frame, not of the message: the backend takes
    ``sent_at − oldest_unsent_s`` as the time up to which all crossings have arrived, and crossings on frames that have
    not been processed yet have not. ``oldest_unsent_s`` is the age at ``sent_at`` of the oldest crossing that waits or
    was refused, 0 if there is none.

    A value that is unknown is left out.

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
        run_id: The id of this start of the worker: two boxes with copies of one outbox have the same ``instance_id``.
        camera: The measurements of the camera.
        track_ends: Where tracks ended near the line, as (x, y) in 0..1.
        clock_offset_s: Seconds by which the system clock is ahead of the backend's.
    """
    sent_at = min(counted_until or now, now)
    oldest = min((ts for ts in (backlog.oldest, backlog.oldest_dead) if ts), default=None)
    oldest_unsent_s = (sent_at - parse_utc(oldest)).total_seconds() if oldest else 0.0
    body: dict[str, Any] = {
        "sent_at": format_utc(sent_at),
        "worker_version": version,
        "model": counters.model + (TURNED if camera and camera.view is View.ABOVE else ""),
        "backlog": backlog.events,
        "oldest_unsent_s": round(max(oldest_unsent_s, 0.0), 3),
        "refused": backlog.dead,
        "lost": lost,
        "set_aside": set_aside,
        "totals": {"in": totals.ins, "out": totals.outs},
        "minutes": [_minute(minute) for minute in minutes],
    }
    optional = {
        "instance_id": instance_id,
        "run_id": run_id,
        "track_fragmentation": counters.track_fragmentation,
        "clock_offset_s": None if clock_offset_s is None else round(clock_offset_s, 3),
        "track_ends": [list(point) for point in track_ends] or None,
    }
    body |= {name: value for name, value in optional.items() if value is not None}
    return body | (camera.measurements() if camera else {})


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


def ignored_members(answer: Mapping[str, Any]) -> list[str]:
    """Return the optional members of a heartbeat that the backend could not read."""
    ignored = answer.get("ignored")
    return [name for name in ignored if isinstance(name, str)] if isinstance(ignored, list) else []


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
