"""The time of a store: its zone, and the store-days that begin at its `day_start`; both may change from day to day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from functions.api.kpi.window import QUARTER, Window, quarter_floor

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_LONGER_THAN_ANY_HOUR = timedelta(hours=2)  # an hour lasts 90 minutes where the clocks change by 30
_ALWAYS = datetime.min.replace(tzinfo=UTC)


class ClockVersion(NamedTuple):
    """The zone and the `day_start` of a store from one store-day on.

    Attributes:
        valid_from: the first store-day on which they are valid.
        starts_at: the start of that store-day, in UTC.
        zone: the IANA time zone.
        day_start: the wall-clock time at which a store-day begins.
    """

    valid_from: date
    starts_at: datetime
    zone: ZoneInfo
    day_start: time


@dataclass(frozen=True, slots=True)
class StoreClock:
    """The zone of a store and the wall-clock time at which its days begin, with their changes.

    A store-day lasts 23, 24 or 25 hours, or 0 where a zone skipped a date. A `day_start` that a change of the clocks
    skips gets the offset from before the change. A `day_start` that occurs twice is the first of the two (PEP 495,
    `fold=0`).

    A store-day ends by the settings that are valid on it, and the next one begins there. So the store-day of a change
    runs from its old start to the next new start. It has 0 hours when that start is in the past: a change of the zone
    across the date line skips a date.

    Attributes:
        initial_zone: the time zone before the first change.
        initial_day_start: the start of a store-day before the first change.
        changes: the changes, in order of `valid_from`.
    """

    initial_zone: ZoneInfo
    initial_day_start: time = time()
    changes: tuple[ClockVersion, ...] = ()

    def start_of(self, day: date) -> datetime:
        """Return the time, in UTC, at which the store-day begins."""
        version = self._version_on(day)
        if day == version.valid_from:
            return version.starts_at
        start = datetime.combine(day, version.day_start, tzinfo=version.zone).astimezone(UTC)
        start = max(start, version.starts_at)
        return min([start, *(change.starts_at for change in self.changes if change.valid_from > day)])

    def day_window(self, day: date) -> Window:
        """Return the store-day: from its start to the start of the next. It is kept, as `day_windows` are."""
        return _day_window(self, day)

    def day_windows(self, first: date, last: date) -> Mapping[date, Window]:
        """Return the windows of the store-days from `first` to `last`, those that are not empty, in order.

        They are kept: the stores of a list have few different clocks.
        """
        return _day_windows(self, first, last)

    def day_hours(self, day: date) -> Sequence[Window]:
        """Return the hours of a store-day, see `split_hours`. They are kept, as `day_windows` are."""
        return _day_hours(self, day)

    def date_of(self, at: datetime) -> date:
        """Return the store-day that contains `at`."""
        day = self.local(at).date()
        while at < self.day_window(day).start:
            day -= _DAY
        while at >= self.day_window(day).end:
            day += _DAY
        return day

    def zone_on(self, day: date) -> ZoneInfo:
        """Return the zone that is valid on a store-day."""
        return self._version_on(day).zone

    def local(self, at: datetime) -> datetime:
        """Return `at` in the zone that is valid on its store-day."""
        for change in reversed(self.changes):
            if change.starts_at <= at:
                return at.astimezone(change.zone)
        return at.astimezone(self.initial_zone)

    def at_wall_clock(self, wall: datetime) -> datetime:
        """Return the time, in UTC, at which the clock of the store shows `wall`, a datetime without a zone.

        Of several such times it is the first. A time that a change of the zone skips is the time of the change.
        """
        versions = list(self._versions())
        ends = [*(version.starts_at for version in versions[1:]), None]
        times = [wall.replace(tzinfo=version.zone).astimezone(UTC) for version in versions]
        for version, end, at in zip(versions, ends, times, strict=True):
            if version.starts_at <= at and (end is None or at < end):
                return at
        return next(
            version.starts_at
            for version, end, at in zip(versions, ends, times, strict=True)
            if at < version.starts_at and (end is None or version.starts_at < end)
        )

    def day_starts_off_quarter(self, window: Window) -> list[datetime]:
        """Return the starts of store-days in a window that are not on a UTC quarter-hour; usually none."""
        return [day.start for day in self.split_days(window)[1:] if day.start != quarter_floor(day.start)]

    def split_days(self, window: Window) -> list[Window]:
        """Split a window at every start of a store-day."""
        days = []
        day, start = self.date_of(window.start), window.start
        while start < window.end:
            end = min(self.day_window(day).end, window.end)
            if end > start:
                days.append(Window(start, end))
            day, start = day + _DAY, max(start, end)
        return days

    def split_hours(self, window: Window) -> list[Window]:
        """Split a window at every full hour of the wall clock, and where the zone changes.

        An hour in which the clocks change keeps its length.
        """
        zone_changes = self._zone_changes()
        starts = [window.start]
        at = quarter_floor(window.start)
        while at < window.end:
            if at > window.start and self.local(at).minute == 0:
                starts.append(at)
            at = self._next_start_of_hour(at)
        starts += [change for change in zone_changes if window.start < change < window.end]
        return [Window(a, b) for a, b in pairwise([*sorted(set(starts)), window.end]) if b > a]

    def _next_start_of_hour(self, at: datetime) -> datetime:
        """Return the next quarter-hour at which an hour of the wall clock may begin."""
        local, after = self.local(at), self.local(at + _HOUR)
        has_one_offset = local.utcoffset() == after.utcoffset()
        return at + _HOUR if local.minute == 0 and has_one_offset else at + QUARTER

    def whole_hours(self, window: Window) -> list[Window]:
        """Return the whole wall-clock hours that overlap a window. The first and the last may extend beyond it."""
        wider = Window(window.start - _LONGER_THAN_ANY_HOUR, window.end + _LONGER_THAN_ANY_HOUR)
        return [hour for hour in self.split_hours(wider)[1:-1] if hour.overlap_s(window)]

    def same_wall_clock(self, at: datetime, from_day: date, to_day: date) -> datetime:
        """Return the time in the store-day `to_day` with the wall-clock time that `at` has in `from_day`.

        When `to_day` does not contain that wall-clock time, the result is its nearest end.
        """
        local = self.local(at)
        wall = local.replace(tzinfo=None) + (to_day - from_day)
        moved = wall.replace(tzinfo=self.zone_on(to_day), fold=local.fold).astimezone(UTC)
        target = self.day_window(to_day)
        return min(max(moved, target.start), target.end)

    def _versions(self) -> Iterator[ClockVersion]:
        yield ClockVersion(date.min, _ALWAYS, self.initial_zone, self.initial_day_start)
        yield from self.changes

    def _version_on(self, day: date) -> ClockVersion:
        for change in reversed(self.changes):
            if change.valid_from <= day:
                return change
        return ClockVersion(date.min, _ALWAYS, self.initial_zone, self.initial_day_start)

    def _zone_changes(self) -> set[datetime]:
        return {later.starts_at for version, later in pairwise(self._versions()) if later.zone != version.zone}


@lru_cache(maxsize=512)
def _day_window(clock: StoreClock, day: date) -> Window:
    return Window(clock.start_of(day), clock.start_of(day + _DAY))


@lru_cache(maxsize=64)
def _day_windows(clock: StoreClock, first: date, last: date) -> Mapping[date, Window]:
    windows = {}
    day, start = first, clock.start_of(first)
    while day <= last:
        end = clock.start_of(day + _DAY)
        if start < end:
            windows[day] = Window(start, end)
        day, start = day + _DAY, end
    return MappingProxyType(windows)


@lru_cache(maxsize=64)
def _day_hours(clock: StoreClock, day: date) -> Sequence[Window]:
    return tuple(clock.split_hours(clock.day_window(day)))
