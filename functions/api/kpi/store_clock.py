"""The time of a store: its zone, and the store-days that begin at its `day_start`."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from functions.api.kpi.window import Window, quarter_floor, split_window

_DAY = timedelta(days=1)
_LONGER_THAN_ANY_HOUR = timedelta(hours=2)  # an hour lasts 90 minutes where the clocks change by 30


@dataclass(frozen=True, slots=True)
class StoreClock:
    """The zone of a store and the wall-clock time at which its days begin.

    A store-day lasts 23, 24 or 25 hours, or 0 where a zone skipped a date. A `day_start` that a change of the clocks
    skips gets the offset from before the change. A `day_start` that occurs twice is the first of the two (PEP 495,
    `fold=0`).

    Attributes:
        zone: the IANA time zone.
        day_start: the wall-clock time at which a store-day begins.
    """

    zone: ZoneInfo
    day_start: time = time()

    def start_of(self, day: date) -> datetime:
        """Return the time, in UTC, at which the store-day begins."""
        return datetime.combine(day, self.day_start, tzinfo=self.zone).astimezone(UTC)

    def day_window(self, day: date) -> Window:
        """Return the store-day: from its start to the start of the next."""
        return Window(self.start_of(day), self.start_of(day + _DAY))

    def date_of(self, at: datetime) -> date:
        """Return the store-day that contains `at`."""
        day = at.astimezone(self.zone).date()
        while at < self.start_of(day):
            day -= _DAY
        while at >= self.start_of(day + _DAY):
            day += _DAY
        return day

    def local(self, at: datetime) -> datetime:
        """Return `at` in the zone of the store."""
        return at.astimezone(self.zone)

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
        """Split a window at every full hour of the wall clock. An hour in which the clocks change keeps its length."""
        starts = [window.start]
        quarters = split_window(window)
        starts += [q.start for q in quarters if q.start > window.start and self.local(q.start).minute == 0]
        return [Window(a, b) for a, b in zip(starts, [*starts[1:], window.end], strict=True) if b > a]

    def whole_hours(self, window: Window) -> list[Window]:
        """Return the whole wall-clock hours that overlap a window. The first and the last may extend beyond it."""
        wider = Window(window.start - _LONGER_THAN_ANY_HOUR, window.end + _LONGER_THAN_ANY_HOUR)
        return [hour for hour in self.split_hours(wider)[1:-1] if hour.overlap_s(window)]

    def same_wall_clock(self, at: datetime, from_day: date, to_day: date) -> datetime:
        """Return the time in the store-day `to_day` with the wall-clock time that `at` has in `from_day`.

        When `to_day` does not contain that wall-clock time, the result is its nearest end.
        """
        wall = self.local(at).replace(tzinfo=None)
        fold = self.local(at).fold
        moved = (wall + (to_day - from_day)).replace(tzinfo=self.zone, fold=fold).astimezone(UTC)
        target = self.day_window(to_day)
        return min(max(moved, target.start), target.end)
