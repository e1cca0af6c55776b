"""Compare the time zones of the database with those of the application. Pure: no clock, no database.

Both have their own copy of the IANA data. When one is older, the views of the analysts and the API can show different
hours for the same moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

COMPARED = timedelta(days=730)
"""How far back and how far ahead the offsets are compared: two years."""


@dataclass(frozen=True, slots=True)
class TimeZoneOffsets:
    """A time zone of the stores, as the database knows it.

    Attributes:
        timezone: name of the time zone.
        offsets: seconds ahead of UTC, one for each step; None if the database does not know the time zone.
    """

    timezone: str
    offsets: Sequence[int] | None


@dataclass(frozen=True, slots=True)
class TimeZoneProblem:
    """A time zone that the database or the application does not know, or for which they disagree.

    Attributes:
        timezone: name of the time zone.
        detail: what is wrong and what to do.
    """

    timezone: str
    detail: str


@dataclass(frozen=True, slots=True)
class ComparedTimes:
    """The times at which offsets are compared.

    Attributes:
        first: the first, at midnight UTC.
        last: the others follow until here.
        step: from one to the next. A disagreement that is shorter may not be found.
    """

    first: datetime
    last: datetime
    step: timedelta

    @classmethod
    def around(cls, now: datetime, step: timedelta) -> ComparedTimes:
        """Return the times from two years ago to two years ahead."""
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return cls(today - COMPARED, today + COMPARED, step)


def find_problems(zones: Iterable[TimeZoneOffsets], times: ComparedTimes) -> list[TimeZoneProblem]:
    """Return the problems of the time zones, in their order.

    Args:
        zones: the time zones in use, with the offsets of these times.
        times: the compared times.
    """
    return [
        TimeZoneProblem(zone.timezone, detail) for zone in zones if (detail := _find_problem(zone, times)) is not None
    ]


def _find_problem(zone: TimeZoneOffsets, times: ComparedTimes) -> str | None:
    try:
        info = ZoneInfo(zone.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return f"The application does not know the time zone {zone.timezone}. Update the package tzdata, or the store."
    if zone.offsets is None:
        return (
            f"The database does not know the time zone {zone.timezone}: the views of the analysts use UTC for its"
            " stores. Update the time zone data (tzdata) of the server, or the time zone of the stores."
        )
    for number, seconds in enumerate(zone.offsets):
        at = times.first + number * times.step
        offset = at.astimezone(info).utcoffset()
        if offset != timedelta(seconds=seconds):
            return (
                f"The database and the application disagree about {zone.timezone} from {at:%Y-%m-%d} on:"
                f" {timedelta(seconds=seconds) // timedelta(minutes=1)} and"
                f" {(offset or timedelta()) // timedelta(minutes=1)} minutes ahead of UTC. Update the older time zone"
                " data: tzdata of the database's server, or the package tzdata of the Lambdas."
            )
    return None
