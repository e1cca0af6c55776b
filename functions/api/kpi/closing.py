"""The end of the occupancy after closing: when the store counts as empty although not everybody was seen leaving.

From a closing on, until the next opening, the occupancy ends when nobody has crossed for the grace period. It ends on
UTC quarter-hours, because the aggregates do not know more exact times: a crossing extends the occupancy by the grace
period from the end of its quarter-hour on. A reset by hand does the same.

The time before the first opening of a store-day has no such end: the store-day begins empty, and staff come in early.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.window import QUARTER, Window, quarter_ceil

DEFAULT_CLOSING_GRACE = timedelta(minutes=60)
"""The grace period of a store that has no other: the default of `stores.closing_grace_minutes`."""


def windows_after_closing(open_windows: Sequence[Window], day: Window) -> list[Window]:
    """Return the windows of a store-day from each closing to the next opening, or to the end of the day.

    Args:
        open_windows: the open windows, in order and merged; also those before and after the day.
        day: the store-day.
    """
    first = bisect_right(open_windows, day.start, key=_end)
    of_day = open_windows[first : bisect_left(open_windows, day.end, lo=first, key=_start)]
    openings = [*(window.start for window in of_day), day.end][1:]
    return [
        Window(window.end, opening) for window, opening in zip(of_day, openings, strict=True) if window.end < day.end
    ]


def ended_windows(
    buckets: Sequence[ObservedBucket],
    reset_at: Iterable[datetime],
    after_closing: Sequence[Window],
    grace: timedelta = DEFAULT_CLOSING_GRACE,
) -> tuple[Window, ...]:
    """Return the windows in which the occupancy of a store-day has ended.

    Args:
        buckets: the buckets of the store-day so far.
        reset_at: the times of the resets by hand.
        after_closing: the windows from each closing to the next opening.
        grace: the time after the closing, or after the last crossing, in which the last people leave; whole
            quarter-hours.

    Returns:
        Windows in order. Each ends at the next crossing or opening, or at the end of the buckets.
    """
    if not buckets or not after_closing:
        return ()
    known_until, closes_at = buckets[-1].end, after_closing[0].start
    last_buckets = buckets[bisect_left(buckets, closes_at - QUARTER, key=_bucket_end) :]
    active_until = sorted(
        {quarter_ceil(bucket.end) for bucket in last_buckets if bucket.ins or bucket.outs}
        | {quarter_ceil(at) for at in reset_at}
    )
    ended = []
    for window in after_closing:
        ends_at = quarter_ceil(window.start + grace)
        for at in active_until:
            if window.start < at and at - QUARTER < window.end:
                if ends_at <= at - QUARTER:
                    ended.append(Window(ends_at, at - QUARTER))
                ends_at = max(ends_at, at + grace)
        if ends_at < window.end and ends_at <= known_until:
            ended.append(Window(ends_at, min(window.end, known_until)))
    return tuple(ended)


def _start(window: Window) -> datetime:
    return window.start


def _end(window: Window) -> datetime:
    return window.end


def _bucket_end(bucket: ObservedBucket) -> datetime:
    return bucket.end
