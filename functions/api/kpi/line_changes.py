"""Changes of the counting line: quarter-hours in which a camera counted with two lines, and the lines of a period."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from functions.api.kpi.buckets import CountingPeriod
from functions.api.kpi.window import QUARTER, Window, quarter_floor

MINUTE = timedelta(minutes=1)

UsedLines = Mapping[UUID, frozenset[int | None]]
"""The versions of the line that each camera counted with."""


@dataclass(frozen=True, slots=True)
class LineMinutes:
    """The minutes in which a camera counted with a line.

    Attributes:
        camera_id: the camera.
        line_version: the first version with this line and anchor, so a line that is drawn back is the same line; None
            for a line of the edge worker's command line.
        first_minute: the first minute.
        last_minute: the last minute. Another line may have been used in between.
    """

    camera_id: UUID
    line_version: int | None
    first_minute: datetime
    last_minute: datetime


def find_changed_quarters(
    line_minutes: Iterable[LineMinutes], counting_periods: Iterable[CountingPeriod]
) -> dict[datetime, bool]:
    """Return the quarter-hours in which a counting camera began to count with another line than before.

    Args:
        line_minutes: the minutes of the cameras, with those of the line before the window.
        counting_periods: which cameras counted, and when.

    Returns:
        By the start of the quarter-hour, whether a camera counted with two lines in it.
    """
    by_camera: dict[UUID, list[LineMinutes]] = {}
    for minutes in line_minutes:
        by_camera.setdefault(minutes.camera_id, []).append(minutes)
    changed: dict[datetime, bool] = {}
    for period in counting_periods:
        for quarter, has_two_lines in _changed_quarters(by_camera.get(period.camera_id, ())):
            if period.counts_from <= quarter and (period.counts_until is None or quarter < period.counts_until):
                changed[quarter] = changed.get(quarter, False) or has_two_lines
    return changed


def _changed_quarters(line_minutes: Iterable[LineMinutes]) -> Iterator[tuple[datetime, bool]]:
    """Yield the quarter-hours in which one camera began another line, and whether it used two; some repeatedly."""
    earlier: list[LineMinutes] = []
    for minutes in sorted(line_minutes, key=lambda m: (m.first_minute, m.last_minute)):
        quarter = quarter_floor(minutes.first_minute)
        if earlier and max(earlier, key=_last_minute).line_version != minutes.line_version:
            yield quarter, False
        for other in earlier:
            if other.line_version != minutes.line_version:
                shared = quarter
                while shared <= min(other.last_minute, minutes.last_minute):
                    yield shared, True
                    shared += QUARTER
        earlier.append(minutes)
        latest = max(earlier, key=_last_minute)
        earlier = [other for other in earlier if other is latest or other.last_minute >= quarter]


def _last_minute(minutes: LineMinutes) -> datetime:
    return minutes.last_minute


def find_used_lines(
    line_minutes: Iterable[LineMinutes],
    counting_periods: Iterable[CountingPeriod],
    open_windows: Sequence[Window],
) -> UsedLines:
    """Return the lines that each camera counted with in open time.

    Args:
        line_minutes: the minutes of the cameras.
        counting_periods: which cameras counted, and when.
        open_windows: the open time, in order and merged.
    """
    starts = [window.start for window in open_windows]
    periods: dict[UUID, list[CountingPeriod]] = {}
    for period in counting_periods:
        periods.setdefault(period.camera_id, []).append(period)
    used: dict[UUID, set[int | None]] = {}
    for minutes in line_minutes:
        for period in periods.get(minutes.camera_id, ()):
            since = max(minutes.first_minute, period.counts_from)
            until = minutes.last_minute + MINUTE
            until = until if period.counts_until is None else min(until, period.counts_until)
            last = bisect_left(starts, until)  # the windows before this one begin in time
            if since < until and last and open_windows[last - 1].end > since:
                used.setdefault(minutes.camera_id, set()).add(minutes.line_version)
    return {camera_id: frozenset(versions) for camera_id, versions in used.items()}


def is_line_changed(*periods: UsedLines) -> bool:
    """Return whether a camera counted with more than one line in these periods together."""
    together: dict[UUID, set[int | None]] = {}
    for used in periods:
        for camera_id, versions in used.items():
            together.setdefault(camera_id, set()).update(versions)
    return any(len(versions) > 1 for versions in together.values())
