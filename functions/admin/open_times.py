"""When a store is open on a day. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from functions.common.opening_spans import span_minutes

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Span = tuple[datetime, datetime]
"""Start and end of a time, both UTC."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The opening hours of a store that are valid now.

    Attributes:
        timezone: IANA.
        day_start: when its store-days begin.
        opening_hours: by weekday; None is always open.
        special: the opening hours of single dates; a date without spans is closed.
    """

    timezone: str
    day_start: time
    opening_hours: Mapping[str, Sequence[Sequence[str]]] | None
    special: Mapping[date, Sequence[Sequence[str]]]

    def today(self, now: datetime) -> date:
        """Return the store-day that contains a time, an aware one."""
        local = now.astimezone(ZoneInfo(self.timezone)).replace(tzinfo=None)
        return (local - timedelta(hours=self.day_start.hour, minutes=self.day_start.minute)).date()

    def open_times(self, day: date) -> list[Span]:
        """Return the times in which the store is open that begin on a date; all of a store-day that is always open."""
        zone = ZoneInfo(self.timezone)
        hours = self.special.get(day)
        if hours is None and self.opening_hours is None:
            start = datetime.combine(day, self.day_start)
            return [(_to_utc(start, zone), _to_utc(start + timedelta(days=1), zone))]
        if hours is None:
            hours = (self.opening_hours or {}).get(WEEKDAYS[day.weekday()], ())
        midnight = datetime.combine(day, time())
        spans = (span_minutes(opens, closes) for opens, closes in hours)
        return [
            (_to_utc(midnight + timedelta(minutes=start), zone), _to_utc(midnight + timedelta(minutes=end), zone))
            for start, end in spans
        ]


def _to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)
