"""Validation of a heartbeat and its minutes. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from functions.common.limits import EVENT_MAX_AGE, EVENT_MAX_CLOCK_SKEW, MAX_MINUTES_PER_HEARTBEAT
from functions.common.problems import Invalid, TooLarge

from .event_batch import FUTURE_TIMESTAMP, MALFORMED, POSTGRES_EPOCH, TOO_OLD, parse_object
from .fields import MAX_INT, FieldReader
from .import_window import ImportWindow, is_importable
from .measurements import MAX_FPS, UNKNOWN, Measurements, read_measurements, read_track_ends

MAX_BIGINT = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Minute:
    """What a camera did in a minute.

    Attributes:
        micros: start of the minute, microseconds since 2000-01-01 UTC.
        frames: analysed frames.
        dropped: frames that were not analysed.
        fps: analysed frames per second, 0 to 1000.
        reconnects: reconnections to the camera.
        line_version: version of the line at the end of the minute; None for a line that is not of the backend, and when
            `reports_line` is False.
        reports_line: whether the minute has a line version, null included. Older edge workers report none.
    """

    micros: int
    frames: int
    dropped: int
    fps: float
    reconnects: int
    line_version: int | None = None
    reports_line: bool = False


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A valid heartbeat.

    Attributes:
        worker_version: version of the edge worker.
        model: name of the detection model.
        backlog: crossings in the outbox.
        oldest_unsent_s: age of the oldest of them, seconds.
        total_in: crossings since the start of the outbox, IN.
        total_out: crossings since the start of the outbox, OUT.
        refused: crossings that ingest has refused and the box still has; None of older edge workers.
        lost: crossings that the box could not store; None of older edge workers.
        set_aside: crossings that wait because ingest cannot read them; None of older edge workers.
        instance_id: the outbox of the edge worker; None of older edge workers.
        run_id: the start of the edge worker; None of older edge workers.
        measurements: what the edge worker measures.
        track_ends: points near the line where tracks ended, (x, y) in 0..1.
        delivered_until: all crossings before this time have been delivered; None when unknown.
        minutes: the valid minutes.
        rejected: index and reason of each rejected minute.
        ignored: names of the optional members that are invalid.
    """

    worker_version: str | None
    model: str | None
    backlog: int
    oldest_unsent_s: float | None
    total_in: int
    total_out: int
    delivered_until: datetime | None
    refused: int | None = None
    lost: int | None = None
    set_aside: int | None = None
    instance_id: UUID | None = None
    run_id: UUID | None = None
    measurements: Measurements = UNKNOWN
    track_ends: list[tuple[float, float]] = field(default_factory=list)
    minutes: list[Minute] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def delivered(self) -> int | None:
        """Return how many crossings have arrived here by the account of the edge box.

        None while crossings wait: they may have arrived, and only the answer was lost. None of older edge workers too.
        """
        if self.backlog or self.refused is None:
            return None
        return self.total_in + self.total_out - self.refused


def parse_heartbeat(content: bytes, now: datetime, import_windows: Sequence[ImportWindow] = ()) -> Heartbeat:
    """Return the heartbeat of a body.

    Minutes are validated one by one: an invalid one does not affect the others. An optional member that is invalid
    counts as unknown: the minutes of the heartbeat are the coverage, which must not be lost.

    Args:
        content: the body, JSON.
        now: current time, aware.
        import_windows: the open import windows of the camera.

    Raises:
        BadRequest: the body is not JSON.
        Invalid: required members are invalid; lists all of them.
        TooLarge: there are more than 1440 minutes.
    """
    document = parse_object(content)
    fields = FieldReader(document)
    sent_at = fields.timestamp("sent_at")
    backlog = fields.count("backlog", MAX_INT)
    totals = document.get("totals", {})
    total_fields = FieldReader(
        totals if isinstance(totals, dict) else {"in": None, "out": None}, "totals", fields.errors
    )
    total_in = total_fields.count("in", MAX_BIGINT)
    total_out = total_fields.count("out", MAX_BIGINT)
    minutes = document.get("minutes", [])
    if not isinstance(minutes, list):
        fields.add_error("minutes", "list_expected", "Must be a list of minutes.")
    if fields.errors:
        raise Invalid(fields.errors)
    if len(minutes) > MAX_MINUTES_PER_HEARTBEAT:
        raise TooLarge(f"A heartbeat must have at most {MAX_MINUTES_PER_HEARTBEAT} minutes.")
    optional = FieldReader(document)
    oldest_unsent_s, refused = optional.number("oldest_unsent_s"), optional.optional_count("refused")
    # Crossings of an invalid number were refused: until when everything has arrived is unknown.
    is_unknown = bool(optional.errors)
    heartbeat = Heartbeat(
        worker_version=optional.text("worker_version"),
        model=optional.text("model"),
        backlog=backlog,
        oldest_unsent_s=oldest_unsent_s,
        total_in=total_in,
        total_out=total_out,
        delivered_until=None
        if is_unknown
        else delivered_until(sent_at, backlog + (refused or 0), oldest_unsent_s, now),
        refused=refused,
        lost=optional.optional_count("lost"),
        set_aside=optional.optional_count("set_aside"),
        instance_id=optional.uuid("instance_id"),
        run_id=optional.uuid("run_id"),
        measurements=read_measurements(optional),
        track_ends=read_track_ends(optional),
        ignored=[str(error["loc"][-1]) for error in optional.errors],
    )
    for index, minute in enumerate(minutes):
        result = check_minute(minute, now, import_windows)
        if isinstance(result, Minute):
            heartbeat.minutes.append(result)
        else:
            heartbeat.rejected.append({"index": index, "reason": result})
    return heartbeat


def delivered_until(sent_at: datetime, backlog: int, oldest_unsent_s: float | None, now: datetime) -> datetime | None:
    """Return the time before which all crossings have been delivered, or None when unknown.

    It is `sent_at` minus the age of the oldest crossing that waits or was refused, not later than `now` and at most 30
    days before: older crossings would be rejected. A backlog of unknown age gives None.

    Args:
        sent_at: time up to which the box has counted.
        backlog: crossings that wait or were refused.
        oldest_unsent_s: age of the oldest of them, seconds.
        now: current time, aware.
    """
    if backlog and oldest_unsent_s is None:
        return None
    waiting_s = oldest_unsent_s if backlog and oldest_unsent_s else 0.0
    age = max(now - sent_at, timedelta(0)) + timedelta(seconds=waiting_s)
    return now - min(age, EVENT_MAX_AGE)


def check_minute(minute: Any, now: datetime, import_windows: Sequence[ImportWindow] = ()) -> Minute | str:
    """Return the minute, or the reason of its rejection."""
    fields = FieldReader(minute if isinstance(minute, dict) else {})
    start = fields.timestamp("minute")
    frames, dropped = fields.count("frames", MAX_INT), fields.count("dropped", MAX_INT)
    reconnects = fields.count("reconnects", MAX_INT)
    fps = fields.number("fps")
    line_version = fields.version("line_version")
    if fields.errors or fps is None or fps > MAX_FPS or start.second or start.microsecond:
        return MALFORMED
    if start > now + EVENT_MAX_CLOCK_SKEW:
        return FUTURE_TIMESTAMP
    if start < now - EVENT_MAX_AGE and not is_importable(start, import_windows, now):
        return TOO_OLD
    micros = (start - POSTGRES_EPOCH) // timedelta(microseconds=1)
    return Minute(micros, frames, dropped, fps, reconnects, line_version, fields.has("line_version"))
