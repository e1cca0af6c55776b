"""The quarter-hours of a window: what was counted in each, and how much of it was observed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from functions.api.kpi.window import QUARTER, Window, bucket_bounds, overlaps_any, quarter_floor

REPORT_DELAY = timedelta(minutes=5)
"""A camera that is online reports a minute of frames within this time after its end."""

_QUARTER_S = QUARTER.total_seconds()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


class BucketCounts(NamedTuple):
    """The crossings of a bucket, summed over all counting cameras.

    A bucket is a quarter-hour, or a part of one where the quarter-hour is split.

    Attributes:
        start: the start of the bucket.
        end: the end of the bucket, exclusive.
        ins: IN crossings.
        outs: OUT crossings.
        in_offset_s: the sum over the IN crossings of (time - `start`), seconds.
        out_offset_s: the sum over the OUT crossings of (time - `start`), seconds.
    """

    start: datetime
    end: datetime
    ins: int = 0
    outs: int = 0
    in_offset_s: float = 0.0
    out_offset_s: float = 0.0


@dataclass(frozen=True, slots=True)
class CountingPeriod:
    """A time in which a camera counted for the store.

    Attributes:
        camera_id: the camera.
        counts_from: when it began to count, on a quarter-hour.
        counts_until: when it stopped, on a quarter-hour; None while it still counts.
        delivered_until: everything before it has arrived; None when the camera has never reported.
    """

    camera_id: UUID
    counts_from: datetime
    counts_until: datetime | None
    delivered_until: datetime | None


class ObservedBucket(NamedTuple):
    """The counts of a bucket, with how much of it was observed.

    Attributes:
        start: the start of the bucket.
        end: the end of the bucket, exclusive.
        ins: IN crossings.
        outs: OUT crossings.
        in_offset_s: the sum over the IN crossings of (time - `start`), seconds.
        out_offset_s: the sum over the OUT crossings of (time - `start`), seconds.
        open_s: the seconds within opening hours.
        expected_s: `open_s` times the number of cameras that counted; `open_s` when none did.
        observed_s: the camera-seconds of `expected_s` with frames.
        is_pending: the bucket is not over, or crossings may still arrive.
        seconds: the length of the bucket.
        is_known: frames were seen, or somebody crossed, or the bucket is in progress and the quarter-hour before it was
            observed. A count of 0 in a bucket that is not known means nothing.
        line_changed: in its quarter-hour a camera began to count with another line than before.
        has_two_lines: in its quarter-hour a camera counted with two lines.
        is_overdue: it is over and has open time, and its crossings may still arrive.
    """

    start: datetime
    end: datetime
    ins: int
    outs: int
    in_offset_s: float
    out_offset_s: float
    open_s: float
    expected_s: float
    observed_s: float
    is_pending: bool
    seconds: float
    is_known: bool
    line_changed: bool = False
    has_two_lines: bool = False
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class PendingCriteria:
    """What decides whether crossings of a bucket may still arrive.

    Attributes:
        now: the current time.
        accepted_from: the ingest refuses crossings before it, except in an import window.
        stale_windows: windows with late crossings that have arrived but are not in the aggregates before the next
            refresh; in order, without overlaps.
    """

    now: datetime
    accepted_from: datetime
    stale_windows: tuple[Window, ...] = ()


def build_observed_buckets(
    *,
    window: Window,
    split_at: Iterable[datetime],
    counts: Iterable[BucketCounts],
    observed_minutes: Mapping[datetime, int],
    counting_periods: Sequence[CountingPeriod],
    open_windows: Sequence[Window],
    pending: PendingCriteria,
    changed_quarters: Mapping[datetime, bool] = MappingProxyType({}),
) -> list[ObservedBucket]:
    """Divide a window into buckets, each with its counts and its observation.

    Args:
        window: the window to divide.
        split_at: times within a quarter-hour at which a bucket must end (now, resets of the occupancy).
        counts: what was counted, each for exactly one bucket. A bucket without counts had no crossing.
        observed_minutes: the minutes with frames by the start of their UTC quarter-hour, 0..15 for each camera that
            counted, summed; from one quarter-hour before the window on.
        counting_periods: which cameras counted, and when.
        open_windows: the open parts of the window, in order.
        pending: what decides about `is_pending`.
        changed_quarters: the quarter-hours in which a camera began another line, and whether it counted with two.

    Returns:
        The buckets in order; they adjoin and cover the window exactly.

    Raises:
        ValueError: some counts do not belong to a bucket of the window.
    """
    counts_by_start = {bucket.start: bucket for bucket in counts}
    open_left = list(reversed(open_windows))
    open_from, open_until = _first_bounds(open_left)
    active_cameras = _ActiveCameras(counting_periods)
    now, accepted_from, stale_windows = pending.now, pending.accepted_from, pending.stale_windows
    buckets: list[ObservedBucket] = []
    append, new_bucket = buckets.append, tuple.__new__  # the constructor of a NamedTuple takes twice as long
    for start, end, seconds in bucket_bounds(window, split_at):  # most of the time is spent here
        _, _, ins, outs, in_offset_s, out_offset_s = counts_by_start.pop(start, _NO_CROSSINGS)
        while open_until <= start:
            open_left.pop()
            open_from, open_until = _first_bounds(open_left)
        if open_from >= end:
            open_s = 0.0
        elif open_from <= start and end <= open_until:
            open_s = seconds
        else:
            open_s = _open_seconds(open_left, Window(start, end))
        if start >= active_cameras.valid_until:
            active_cameras.advance(start, end)
        cameras, delivered_until = active_cameras.count, active_cameras.delivered_until
        is_over = end <= now
        if start >= now:
            frames_s = 0.0
        elif is_over and seconds == _QUARTER_S:
            frames_s = observed_minutes.get(start, 0) * 60.0
        else:
            frames_s = _seconds_with_frames(start, seconds, observed_minutes, now)
        observed_s = min(frames_s, cameras * (open_s or seconds)) if frames_s else 0.0
        is_pending = (
            not is_over
            or (delivered_until is not None and delivered_until < end and end > accepted_from)
            or (bool(stale_windows) and overlaps_any(stale_windows, start, end))
        )
        is_known = (
            observed_s > 0 or ins > 0 or outs > 0 or (start < now and _is_live(start, end, observed_minutes, now))
        )
        line_changed = changed_quarters.get(quarter_floor(start)) if changed_quarters else None
        values = (
            start,
            end,
            ins,
            outs,
            in_offset_s,
            out_offset_s,
            open_s,
            (cameras or 1) * open_s,
            observed_s,
            is_pending,
            seconds,
            is_known,
            line_changed is not None,
            line_changed is True,
            is_pending and is_over and open_s > 0,
        )
        append(new_bucket(ObservedBucket, values))
    if counts_by_start:
        raise ValueError(f"counts that belong to no bucket of the window: {sorted(counts_by_start)[:3]}")
    return buckets


def split_buckets(buckets: Sequence[ObservedBucket], windows: Sequence[Window]) -> Iterator[Sequence[ObservedBucket]]:
    """Yield for each window the buckets that begin within it. Both are in order, and the windows adjoin."""
    first, count = 0, len(buckets)
    while windows and first < count and buckets[first].start < windows[0].start:
        first += 1
    for window in windows:
        after = first
        while after < count and buckets[after].start < window.end:
            after += 1
        yield buckets[first:after]
        first = after


def buckets_within(buckets: Sequence[ObservedBucket], window: Window) -> Sequence[ObservedBucket]:
    """Return the buckets, given in order, that begin within a window."""
    first = bisect_left(buckets, window.start, key=_bucket_start)
    return buckets[first : bisect_left(buckets, window.end, lo=first, key=_bucket_start)]


def buckets_until(buckets: Sequence[ObservedBucket], until: datetime) -> Sequence[ObservedBucket]:
    """Return the buckets, given in order, that end at `until` or before."""
    return buckets[: bisect_right(buckets, until, key=_bucket_end)]


_NO_CROSSINGS = BucketCounts(_EPOCH, _EPOCH)


class _ActiveCameras:
    """The cameras that count during a bucket.

    Counting periods begin and end on quarter-hours, so a bucket lies inside a period or outside of it. The cameras stay
    the same until the next period begins or ends.

    Attributes:
        count: the number of cameras that count.
        delivered_until: the time until which all of them have delivered; None when none of them has ever reported.
        valid_until: the first bucket for which this must be determined again.
    """

    def __init__(self, counting_periods: Sequence[CountingPeriod]) -> None:
        self._periods = counting_periods
        ends = (period.counts_until for period in counting_periods)
        starts = (period.counts_from for period in counting_periods)
        self._changes = sorted({*starts, *(end for end in ends if end is not None)})
        self.count = 0
        self.delivered_until: datetime | None = None
        self.valid_until = _EPOCH

    def advance(self, start: datetime, end: datetime) -> None:
        """Determine the cameras that count during a bucket."""
        self.valid_until = next((change for change in self._changes if change > start), _NEVER)
        active = [
            p for p in self._periods if p.counts_from <= start and (p.counts_until is None or end <= p.counts_until)
        ]
        delivered = [period.delivered_until for period in active if period.delivered_until is not None]
        self.count, self.delivered_until = len(active), min(delivered, default=None)


def _first_bounds(open_left: Sequence[Window]) -> tuple[datetime, datetime]:
    return (open_left[-1].start, open_left[-1].end) if open_left else (_NEVER, _NEVER)


def _open_seconds(open_left: Sequence[Window], bucket: Window) -> float:
    return sum(open_window.overlap_s(bucket) for open_window in open_left)


def _seconds_with_frames(
    start: datetime, seconds: float, observed_minutes: Mapping[datetime, int], now: datetime
) -> float:
    """Return the camera-seconds with frames in a bucket: its share of the elapsed part of its quarter-hour."""
    quarter = quarter_floor(start)
    if now <= quarter:
        return 0.0
    elapsed_s = (min(quarter + QUARTER, now) - quarter).total_seconds()
    return observed_minutes.get(quarter, 0) * 60.0 * min(1.0, seconds / elapsed_s)


def _is_live(start: datetime, end: datetime, observed_minutes: Mapping[datetime, int], now: datetime) -> bool:
    """Return whether the bucket is in progress and the quarter-hour before it was observed.

    A minute is reported after its end. Until then the quarter-hour before stands for the one in progress.
    """
    is_in_progress = start < now and now - REPORT_DELAY < end
    return is_in_progress and observed_minutes.get(quarter_floor(start) - QUARTER, 0) > 0


def _bucket_start(bucket: ObservedBucket) -> datetime:
    return bucket.start


def _bucket_end(bucket: ObservedBucket) -> datetime:
    return bucket.end
