"""A store's own time: its zone, and the store-days that begin at its ``day_start``."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from functions.api.kpi.window import Window, quarter_floor, tile

_DAY = timedelta(days=1)
_LONGER_THAN_ANY_HOUR = timedelta(hours=2)  # half an hour more where the clocks change by half of one


@dataclass(frozen=True, slots=True)
class StoreClock:
    """A store's zone and the wall-clock time at which its days begin.

    A store-day lasts 23, 24 or 25 hours (or 0, where a zone skipped a date). A ``day_start`` that a change of the
    clocks skips is taken with the offset before the change; one that comes twice is taken the first time (PEP 495,
    ``fold=0``).
    """

    zone: ZoneInfo
    day_start: time = time()

    def start_of(self, day: date) -> datetime:
        """The moment, in UTC, at which the store-day ``day`` begins."""
        return datetime.combine(day, self.day_start, tzinfo=self.zone).astimezone(UTC)

    def day(self, day: date) -> Window:
        """The store-day ``day``: from its start to the start of the next."""
        return Window(self.start_of(day), self.start_of(day + _DAY))

    def date_of(self, at: datetime) -> date:
        """The store-day that ``at`` lies in."""
        day = at.astimezone(self.zone).date()
        while at < self.start_of(day):
            day -= _DAY
        while at >= self.start_of(day + _DAY):
            day += _DAY
        return day

    def local(self, at: datetime) -> datetime:
        """``at`` on the store's wall clock, with the offset it has then."""
        return at.astimezone(self.zone)

    def starts_off_quarter(self, window: Window) -> list[datetime]:
        """The starts of store-days in a window, when they do not lie on a UTC quarter-hour; mostly there are none."""
        return [day.start for day in self.days(window)[1:] if day.start != quarter_floor(day.start)]

    def days(self, window: Window) -> list[Window]:
        """The window cut at every start of a store-day."""
        cut = []
        day, start = self.date_of(window.start), window.start
        while start < window.end:
            end = min(self.day(day).end, window.end)
            if end > start:
                cut.append(Window(start, end))
            day, start = day + _DAY, max(start, end)
        return cut

    def hours(self, window: Window) -> list[Window]:
        """The window cut at every full hour of the wall clock; on a border of the clocks' change, as long as it was."""
        borders = [window.start]
        borders += [w.start for w in tile(window) if w.start > window.start and self.local(w.start).minute == 0]
        return [Window(a, b) for a, b in zip(borders, [*borders[1:], window.end], strict=True) if b > a]

    def whole_hours(self, window: Window) -> list[Window]:
        """The hours of the wall clock that a window touches, whole also where they reach over its ends."""
        wider = Window(window.start - _LONGER_THAN_ANY_HOUR, window.end + _LONGER_THAN_ANY_HOUR)
        return [hour for hour in self.hours(wider)[1:-1] if hour.overlap_s(window)]

    def same_moment(self, at: datetime, from_day: date, to_day: date) -> datetime:
        """The moment of the store-day ``to_day`` at which the wall clock shows what it shows at ``at`` in ``from_day``.

        Never leaves ``to_day``: where the wall clock of ``at`` does not fit into it, its nearest end is taken.
        """
        wall = self.local(at).replace(tzinfo=None)
        fold = self.local(at).fold
        moved = (wall + (to_day - from_day)).replace(tzinfo=self.zone, fold=fold).astimezone(UTC)
        target = self.day(to_day)
        return min(max(moved, target.start), target.end)
