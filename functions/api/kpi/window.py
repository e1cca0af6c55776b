"""Half-open windows of time and the quarter-hours that tile them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

QUARTER = timedelta(minutes=15)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """``[start, end)`` in UTC; empty when ``end == start``.

    Any aware datetimes are taken and turned into UTC: Python subtracts two datetimes of the same zone by their wall
    clocks, which is wrong on days of 23 or 25 hours.

    Raises:
        ValueError: a datetime is naive, or ``end`` lies before ``start``.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            if self.start.tzinfo is None or self.end.tzinfo is None:
                raise ValueError("a window needs datetimes with a time zone")
            object.__setattr__(self, "start", self.start.astimezone(UTC))
            object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end < self.start:
            raise ValueError(f"a window cannot end ({self.end}) before it starts ({self.start})")

    @property
    def seconds(self) -> float:
        """Its length in elapsed seconds."""
        return (self.end - self.start).total_seconds()

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end

    def until(self, at: datetime) -> "Window":
        """The part of it before ``at`` (empty, at its start, when ``at`` lies before it)."""
        return Window(self.start, min(self.end, max(self.start, at)))

    def overlap_s(self, other: "Window") -> float:
        """The seconds that the two have in common, 0 or more."""
        return max(0.0, (min(self.end, other.end) - max(self.start, other.start)).total_seconds())


def quarter_floor(at: datetime) -> datetime:
    """The start of the UTC quarter-hour that ``at`` lies in."""
    return _EPOCH + (at - _EPOCH) // QUARTER * QUARTER


def quarter_ceil(at: datetime) -> datetime:
    """The first UTC quarter-hour that starts at or after ``at``."""
    return _EPOCH - (_EPOCH - at) // QUARTER * QUARTER


def joined(windows: Iterable[Window]) -> list[Window]:
    """The windows in order, those that overlap or adjoin made one."""
    found: list[Window] = []
    for window in sorted(windows, key=lambda w: w.start):
        if found and window.start <= found[-1].end:
            found[-1] = Window(found[-1].start, max(found[-1].end, window.end))
        else:
            found.append(window)
    return found


def tile(window: Window, cuts: Iterable[datetime] = ()) -> Iterator[Window]:
    """Cut a window at every UTC quarter-hour and at ``cuts``; the tiles are in order, adjoin and cover it exactly."""
    return (Window(start, end) for start, end in tile_borders(window, cuts))


def tile_borders(window: Window, cuts: Iterable[datetime] = ()) -> Iterator[tuple[datetime, datetime]]:
    """The tiles of ``tile`` as plain pairs: a month has 3,000 of them."""
    inside = sorted({cut for cut in cuts if window.start < cut < window.end}, reverse=True)
    start, next_quarter = window.start, quarter_floor(window.start) + QUARTER
    while start < window.end:
        end = min(next_quarter, window.end)
        if inside and inside[-1] <= end:
            end = inside.pop()
        yield start, end
        start = end
        if end >= next_quarter:
            next_quarter += QUARTER
