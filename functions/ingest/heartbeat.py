"""A heartbeat: how an edge box is, and the minutes in which its frames flowed. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from functions.common.limits import EVENT_MAX_AGE, EVENT_MAX_CLOCK_SKEW, MAX_MINUTES_PER_HEARTBEAT
from functions.common.problems import FieldError, Invalid, TooLarge, field_error

from .batch import FUTURE_TIMESTAMP, MALFORMED, POSTGRES_EPOCH, TOO_OLD, parse_object

LARGEST_INT = 2**31 - 1
LARGEST_BIGINT = 2**63 - 1
LONGEST_TEXT = 200
FASTEST_FPS = 1000.0


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute of a camera. `micros` is its start, since 2000-01-01 UTC; `fps` is 0 to 1000."""

    micros: int
    frames: int
    dropped: int
    fps: float
    reconnects: int


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a box says of itself. Everything it saw before `delivered_until` has arrived; None when it cannot say."""

    worker_version: str | None
    model: str | None
    backlog: int
    oldest_unsent_s: float | None
    total_in: int
    total_out: int
    delivered_until: datetime | None
    minutes: list[Minute] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)


def parse_heartbeat(content: bytes, now: datetime) -> Heartbeat:
    """The heartbeat of a body. Minutes are judged one by one: a bad one blocks neither the others nor the beat.

    Raises BadRequest when it is not JSON, Invalid with every other member that is wrong, TooLarge for more than 1440
    minutes.
    """
    document = parse_object(content)
    read = _Members(document)
    sent_at = read.moment("sent_at")
    backlog = read.count("backlog", LARGEST_INT)
    oldest_unsent_s = read.seconds("oldest_unsent_s")
    totals = document.get("totals", {})
    read_totals = _Members(totals if isinstance(totals, dict) else {"in": None, "out": None}, "totals", read.errors)
    total_in = read_totals.count("in", LARGEST_BIGINT)
    total_out = read_totals.count("out", LARGEST_BIGINT)
    worker_version, model = read.text("worker_version"), read.text("model")
    given = document.get("minutes", [])
    if not isinstance(given, list):
        read.complain("minutes", "list_expected", "A list of minutes, or none.")
    if read.errors:
        raise Invalid(read.errors)
    if len(given) > MAX_MINUTES_PER_HEARTBEAT:
        raise TooLarge(f"A heartbeat may carry at most {MAX_MINUTES_PER_HEARTBEAT} minutes.")
    beat = Heartbeat(
        worker_version=worker_version,
        model=model,
        backlog=backlog,
        oldest_unsent_s=oldest_unsent_s,
        total_in=total_in,
        total_out=total_out,
        delivered_until=delivered_until(sent_at, backlog, oldest_unsent_s, now),
    )
    for index, minute in enumerate(given):
        checked = check_minute(minute, now)
        if isinstance(checked, Minute):
            beat.minutes.append(checked)
        else:
            beat.rejected.append({"index": index, "reason": checked})
    return beat


def delivered_until(sent_at: datetime, backlog: int, oldest_unsent_s: float | None, now: datetime) -> datetime | None:
    """Until when everything has arrived: `sent_at`, less the age of the oldest crossing that still waits.

    A box whose clock is ahead cannot vouch for the future; one with a backlog of unknown age cannot vouch for anything.
    What is older than we take has arrived, or never will: at most 30 days are open.
    """
    if backlog and oldest_unsent_s is None:
        return None
    waiting_s = oldest_unsent_s if backlog and oldest_unsent_s else 0.0
    age = max(now - sent_at, timedelta(0)) + timedelta(seconds=waiting_s)
    return now - min(age, EVENT_MAX_AGE)


def check_minute(minute: Any, now: datetime) -> Minute | str:
    """The minute, or the reason it is rejected for."""
    read = _Members(minute if isinstance(minute, dict) else {})
    start = read.moment("minute")
    frames, dropped = read.count("frames", LARGEST_INT), read.count("dropped", LARGEST_INT)
    reconnects = read.count("reconnects", LARGEST_INT)
    fps = read.seconds("fps")
    if read.errors or fps is None or fps > FASTEST_FPS or start.second or start.microsecond:
        return MALFORMED
    if start > now + EVENT_MAX_CLOCK_SKEW:
        return FUTURE_TIMESTAMP
    if start < now - EVENT_MAX_AGE:
        return TOO_OLD
    return Minute((start - POSTGRES_EPOCH) // timedelta(microseconds=1), frames, dropped, fps, reconnects)


class _Members:
    """Reads the members of an object, collecting everything that is wrong instead of stopping at the first."""

    def __init__(self, members: Mapping[str, Any], inside: str | None = None, errors: list[FieldError] | None = None):
        self._members = members
        self._loc: list[str | int] = ["body", inside] if inside else ["body"]
        self.errors: list[FieldError] = [] if errors is None else errors

    def complain(self, name: str, type_: str, message: str) -> None:
        self.errors.append(field_error([*self._loc, name], type_, message))

    def moment(self, name: str) -> datetime:
        """An aware moment (RFC 3339), of the years 1 to 9999 wherever one looks from."""
        value = self._members.get(name)
        try:
            moment = datetime.fromisoformat(value if isinstance(value, str) and value[10] == "T" else "")
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (ValueError, IndexError, OverflowError):
            pass
        self.complain(name, "moment_expected", "A moment with its offset, like 2026-11-22T09:15:00Z.")
        return POSTGRES_EPOCH

    def count(self, name: str, largest: int) -> int:
        value = self._members.get(name)
        if type(value) is int and 0 <= value <= largest:
            return value
        self.complain(name, "count_expected", f"A whole number from 0 to {largest}.")
        return 0

    def seconds(self, name: str) -> float | None:
        """A number that is not negative, up to about 30 years of seconds, or null."""
        value = self._members.get(name)
        if value is None:
            return None
        if type(value) in {int, float} and 0 <= value <= 1e9:  # False for NaN
            return float(value)
        self.complain(name, "number_expected", "A number that is not negative, or null.")
        return None

    def text(self, name: str) -> str | None:
        value = self._members.get(name)
        if value is None:
            return None
        if isinstance(value, str) and len(value) <= LONGEST_TEXT and value.isprintable():
            return value
        self.complain(name, "text_expected", f"A text of at most {LONGEST_TEXT} printable characters, or null.")
        return None
