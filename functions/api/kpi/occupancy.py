"""Occupancy N(t), the number of people inside, from counts and sums of crossing times. It needs no single crossings.

Over `[s, e)` in which each person enters or leaves at a time t:

    integral of N dt = N(s)·(e - s) + sum over IN of (e - t) - sum over OUT of (e - t)

This needs only the counts of each bucket and the sums of t. The curve within a bucket is not known, so the peak is the
highest value at the start or end of a bucket.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.window import Window


@dataclass(frozen=True, slots=True)
class Reset:
    """A correction of the occupancy by hand.

    Attributes:
        at: when the people were counted.
        occupancy: how many people were inside.
    """

    at: datetime
    occupancy: int


class OccupancySegment(NamedTuple):
    """The part of the occupancy curve that belongs to one bucket.

    Attributes:
        bucket: the bucket.
        at_start: N at the start of the bucket, people; may be negative where entries were missed.
        at_end: N at the end of the bucket, likewise.
        person_seconds: the integral of N dt over the bucket.
    """

    bucket: ObservedBucket
    at_start: float
    at_end: float
    person_seconds: float


def occupancy_now(resets: Iterable[Reset], buckets: Sequence[ObservedBucket]) -> int:
    """Return the occupancy at the end of the buckets: max(0, last reset + IN - OUT since).

    Args:
        resets: the resets of the store-day; without any, the day begins with 0 people.
        buckets: from the start of the store-day on, split at every reset.
    """
    last = max(resets, key=lambda reset: reset.at, default=None)
    since = [bucket for bucket in buckets if last is None or bucket.start >= last.at]
    return max(0, (last.occupancy if last else 0) + sum(bucket.ins - bucket.outs for bucket in since))


def occupancy_curve(
    buckets: Sequence[ObservedBucket], resets: Iterable[Reset], *, reconcile: bool
) -> list[OccupancySegment]:
    """Return the occupancy curve of a store-day. It starts with 0 people and continues from each reset.

    Args:
        buckets: the buckets of the store-day, split at every reset.
        resets: the resets within the day.
        reconcile: for a day that is over and complete. Between resets OUT is scaled so that the curve meets the next
            reset, and is 0 at the end of the day. Where no exit was seen there is nothing to scale.

    Returns:
        One segment for each bucket.
    """
    targets = [(reset.at, float(reset.occupancy)) for reset in sorted(resets, key=lambda reset: reset.at)]
    segments: list[OccupancySegment] = []
    remaining, at_start = list(buckets), 0.0
    for until, at_end in [*targets, (None, 0.0)]:
        before = [bucket for bucket in remaining if until is None or bucket.start < until]
        remaining = remaining[len(before) :]
        out_scale = _out_scale(before, at_start, at_end) if reconcile else 1.0
        segments += _segments(before, at_start, out_scale)
        at_start = at_end
    return segments


def _out_scale(buckets: Sequence[ObservedBucket], at_start: float, at_end: float) -> float:
    """Return the factor of OUT with which `at_start` + IN - OUT is `at_end`; 1 where there is none."""
    ins, outs = sum(bucket.ins for bucket in buckets), sum(bucket.outs for bucket in buckets)
    leaving = at_start + ins - at_end
    return leaving / outs if outs and leaving >= 0 else 1.0


def _segments(buckets: Sequence[ObservedBucket], at_start: float, out_scale: float) -> Iterable[OccupancySegment]:
    inside = at_start
    for bucket in buckets:
        if not bucket.ins and not bucket.outs:
            yield OccupancySegment(bucket, inside, inside, inside * bucket.seconds)
            continue
        seconds = bucket.seconds
        entered_s = bucket.ins * seconds - bucket.in_offset_s
        left_s = out_scale * (bucket.outs * seconds - bucket.out_offset_s)
        at_end = inside + bucket.ins - out_scale * bucket.outs
        yield OccupancySegment(bucket, inside, at_end, inside * seconds + entered_s - left_s)
        inside = at_end


def person_seconds(segments: Iterable[OccupancySegment]) -> float:
    """Return the time that all people together spent inside in known buckets, seconds, 0 or more."""
    return max(0.0, sum(segment.person_seconds for segment in segments if segment.bucket.is_known))


def average_occupancy(segments: Iterable[OccupancySegment]) -> float | None:
    """Return the time-average of N over the known open buckets; None when there are none."""
    known = [segment for segment in segments if segment.bucket.open_s > 0 and segment.bucket.is_known]
    seconds = sum(segment.bucket.seconds for segment in known)
    return person_seconds(known) / seconds if seconds else None


def peak_occupancy(segments: Iterable[OccupancySegment]) -> float | None:
    """Return the highest N at the start or end of a known bucket; None when there are none."""
    values = [n for segment in segments if segment.bucket.is_known for n in (segment.at_start, segment.at_end)]
    return max(0.0, *values) if values else None


def segments_within(segments: Sequence[OccupancySegment], window: Window) -> Sequence[OccupancySegment]:
    """Return the segments, given in order, whose buckets begin within a window."""
    first = bisect_left(segments, window.start, key=_start)
    return segments[first : bisect_left(segments, window.end, lo=first, key=_start)]


def _start(segment: OccupancySegment) -> datetime:
    return segment.bucket.start
