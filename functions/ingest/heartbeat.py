"""Validation of a heartbeat and its minutes. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from functions.common.limits import EVENT_MAX_AGE, EVENT_MAX_CLOCK_SKEW, MAX_MINUTES_PER_HEARTBEAT
from functions.common.problems import FieldError, Invalid, TooLarge, field_error

from .event_batch import FUTURE_TIMESTAMP, MALFORMED, POSTGRES_EPOCH, TOO_OLD, parse_object
from .import_window import ImportWindow, is_importable

MAX_INT = 2**31 - 1
MAX_BIGINT = 2**63 - 1
MAX_TEXT_LENGTH = 200
MAX_FPS = 1000.0
UUID_LENGTH = 36


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
        delivered_until: all crossings before this time have been delivered; None when unknown.
        minutes: the valid minutes.
        rejected: index and reason of each rejected minute.
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
    minutes: list[Minute] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)


def parse_heartbeat(content: bytes, now: datetime, import_windows: Sequence[ImportWindow] = ()) -> Heartbeat:
    """Return the heartbeat of a body. Minutes are validated one by one: an invalid one does not affect the others.

    Args:
        content: the body, JSON.
        now: current time, aware.
        import_windows: the open import windows of the camera.

    Raises:
        BadRequest: the body is not JSON.
        Invalid: members are invalid; lists all of them.
        TooLarge: there are more than 1440 minutes.
    """
    document = parse_object(content)
    fields = _FieldReader(document)
    sent_at = fields.timestamp("sent_at")
    backlog = fields.count("backlog", MAX_INT)
    oldest_unsent_s = fields.number("oldest_unsent_s")
    totals = document.get("totals", {})
    total_fields = _FieldReader(
        totals if isinstance(totals, dict) else {"in": None, "out": None}, "totals", fields.errors
    )
    total_in = total_fields.count("in", MAX_BIGINT)
    total_out = total_fields.count("out", MAX_BIGINT)
    refused, lost, set_aside = (fields.optional_count(name) for name in ("refused", "lost", "set_aside"))
    instance_id = fields.uuid("instance_id")
    worker_version, model = fields.text("worker_version"), fields.text("model")
    minutes = document.get("minutes", [])
    if not isinstance(minutes, list):
        fields.add_error("minutes", "list_expected", "Must be a list of minutes.")
    if fields.errors:
        raise Invalid(fields.errors)
    if len(minutes) > MAX_MINUTES_PER_HEARTBEAT:
        raise TooLarge(f"A heartbeat must have at most {MAX_MINUTES_PER_HEARTBEAT} minutes.")
    heartbeat = Heartbeat(
        worker_version=worker_version,
        model=model,
        backlog=backlog,
        oldest_unsent_s=oldest_unsent_s,
        total_in=total_in,
        total_out=total_out,
        delivered_until=delivered_until(sent_at, backlog + (refused or 0), oldest_unsent_s, now),
        refused=refused,
        lost=lost,
        set_aside=set_aside,
        instance_id=instance_id,
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
    fields = _FieldReader(minute if isinstance(minute, dict) else {})
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


class _FieldReader:
    """Reads the members of an object, and collects all errors."""

    def __init__(self, members: Mapping[str, Any], parent: str | None = None, errors: list[FieldError] | None = None):
        self._members = members
        self._loc: list[str | int] = ["body", parent] if parent else ["body"]
        self.errors: list[FieldError] = [] if errors is None else errors

    def add_error(self, name: str, type_: str, message: str) -> None:
        self.errors.append(field_error([*self._loc, name], type_, message))

    def timestamp(self, name: str) -> datetime:
        """Return an aware timestamp (RFC 3339), whose UTC time is in the years 1 to 9999."""
        value = self._members.get(name)
        try:
            at = datetime.fromisoformat(value if isinstance(value, str) and value[10] == "T" else "")
            if at.tzinfo is not None:
                return at.astimezone(UTC)
        except (ValueError, IndexError, OverflowError):
            pass
        self.add_error(name, "moment_expected", "Must be a timestamp with an offset, for example 2026-11-22T09:15:00Z.")
        return POSTGRES_EPOCH

    def count(self, name: str, maximum: int) -> int:
        value = self._members.get(name)
        if type(value) is int and 0 <= value <= maximum:
            return value
        self.add_error(name, "count_expected", f"Must be an integer from 0 to {maximum}.")
        return 0

    def optional_count(self, name: str) -> int | None:
        """Return an integer of at least 0, or None when the object has no such member."""
        return self.count(name, MAX_INT) if name in self._members else None

    def uuid(self, name: str) -> UUID | None:
        value = self._members.get(name)
        if value is None:
            return None
        try:
            return UUID(value if isinstance(value, str) and len(value) == UUID_LENGTH else "")
        except ValueError:
            self.add_error(name, "uuid_expected", "Must be a UUID, or null.")
            return None

    def version(self, name: str) -> int | None:
        """Return a version, an integer of at least 1, or None."""
        value = self._members.get(name)
        if value is None or (type(value) is int and 1 <= value <= MAX_INT):
            return value
        self.add_error(name, "version_expected", f"Must be an integer from 1 to {MAX_INT}, or null.")
        return None

    def has(self, name: str) -> bool:
        return name in self._members

    def number(self, name: str) -> float | None:
        """Return a number from 0 to a billion (about 30 years of seconds), or None."""
        value = self._members.get(name)
        if value is None:
            return None
        if type(value) in {int, float} and 0 <= value <= 1e9:  # False for NaN
            return float(value)
        self.add_error(name, "number_expected", "Must be a number of at least 0, or null.")
        return None

    def text(self, name: str) -> str | None:
        value = self._members.get(name)
        if value is None:
            return None
        if isinstance(value, str) and len(value) <= MAX_TEXT_LENGTH and value.isprintable():
            return value
        self.add_error(
            name, "text_expected", f"Must be a text of at most {MAX_TEXT_LENGTH} printable characters, or null."
        )
        return None
