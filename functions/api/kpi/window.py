"""Half-open windows of time, and the quarter-hours that divide them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

QUARTER = timedelta(minutes=15)
"""The length of a bucket of the aggregates."""

BucketBounds = tuple[datetime, datetime, float]
"""The start, the end and the seconds of a bucket."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_KEPT = timedelta(hours=30)


@dataclass(frozen=True, slots=True)
class Window:
    """The time `[start, end)` in UTC; empty when `end == start`.

    The constructor converts both datetimes to UTC: Python subtracts two datetimes of the same zone by their wall
    clocks, which is wrong on days of 23 or 25 hours.

    Attributes:
        start: the first instant of the window.
        end: the first instant after the window.

    Raises:
        ValueError: a datetime has no time zone, or `end` is before `start`.
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
        """The length in elapsed seconds."""
        return (self.end - self.start).total_seconds()

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end

    def until(self, at: datetime) -> "Window":
        """Return the part before `at`; it is empty when `at` is not after the start."""
        return Window(self.start, min(self.end, max(self.start, at)))

    def overlap_s(self, other: "Window") -> float:
        """Return the seconds that both windows have in common, 0 or more."""
        return max(0.0, (min(self.end, other.end) - max(self.start, other.start)).total_seconds())


def quarter_floor(at: datetime) -> datetime:
    """Return the start of the UTC quarter-hour that contains `at`."""
    return _EPOCH + (at - _EPOCH) // QUARTER * QUARTER


def quarter_ceil(at: datetime) -> datetime:
    """Return the first start of a UTC quarter-hour at or after `at`."""
    return _EPOCH - (_EPOCH - at) // QUARTER * QUARTER


def merge_windows(windows: Iterable[Window]) -> list[Window]:
    """Return the windows in order, with overlapping and adjoining ones merged."""
    merged: list[Window] = []
    for window in sorted(windows, key=lambda w: w.start):
        if merged and window.start <= merged[-1].end:
            merged[-1] = Window(merged[-1].start, max(merged[-1].end, window.end))
        else:
            merged.append(window)
    return merged


def overlaps_any(windows: Sequence[Window], start: datetime, end: datetime) -> bool:
    """Return whether one of the windows, in order and without overlaps, overlaps [start, end)."""
    # Of the windows that begin before the end, only the last one can overlap it.
    begun = bisect_left(windows, end, key=_window_start)
    return begun > 0 and start < windows[begun - 1].end


def _window_start(window: Window) -> datetime:
    return window.start


def split_window(window: Window, split_at: Iterable[datetime] = ()) -> Iterator[Window]:
    """Split a window at every UTC quarter-hour and at the given times.

    Args:
        window: the window to split.
        split_at: further times to split at; those outside the window are ignored.

    Returns:
        Windows in order. They adjoin and cover the window exactly.
    """
    return (Window(start, end) for start, end, _ in bucket_bounds(window, split_at))


def bucket_bounds(window: Window, split_at: Iterable[datetime] = ()) -> Sequence[BucketBounds]:
    """Split a window like `split_window`, into plain `(start, end, seconds)`: a month has 3,000 of them.

    Those of a short window are kept: the stores of a list share their store-day.
    """
    times = tuple(split_at)
    if window.end - window.start > _LONGEST_KEPT:
        return tuple(_split(window, times))
    return _kept_bounds(window, times)


@lru_cache(maxsize=32)
def _kept_bounds(window: Window, split_at: tuple[datetime, ...]) -> Sequence[BucketBounds]:
    return tuple(_split(window, split_at))


def _split(window: Window, split_at: Iterable[datetime]) -> Iterator[BucketBounds]:
    inside = sorted({at for at in split_at if window.start < at < window.end}, reverse=True)
    start, next_quarter = window.start, quarter_floor(window.start) + QUARTER
    while start < window.end:
        end = min(next_quarter, window.end)
        if inside and inside[-1] <= end:
            end = inside.pop()
        yield start, end, (end - start).total_seconds()
        start = end
        if end >= next_quarter:
            next_quarter += QUARTER
