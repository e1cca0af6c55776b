"""Occupancy N(t), the number of people inside, from counts and sums of crossing times. It needs no single crossings.

Over `[s, e)` in which each person enters or leaves at a time t:

    integral of N dt = N(s)·(e - s) + sum over IN of (e - t) - sum over OUT of (e - t)

This needs only the counts of each bucket and the sums of t. The curve within a bucket is not known, so the peak is the
highest value at the start or end of a bucket.

Nobody leaves who is not inside: the OUT crossings of a bucket are capped at N(s) + IN. The others are unmatched exits,
of people who came in unseen. Unmatched exits do not reduce the occupancy.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.window import Window


@dataclass(frozen=True, slots=True)
class Reset:
    """A time at which the occupancy is set: by hand, or to 0 when it ends after closing.

    Attributes:
        at: the time.
        occupancy: how many people are inside then.
    """

    at: datetime
    occupancy: int


class OccupancySegment(NamedTuple):
    """The part of the occupancy curve that belongs to one bucket.

    Attributes:
        bucket: the bucket.
        at_start: N at the start of the bucket, people, 0 or more.
        at_end: N at the end of the bucket, people, 0 or more.
        person_seconds: the integral of N dt over the bucket, 0 or more.
        unmatched_exits: the OUT crossings of people who were not counted inside.
    """

    bucket: ObservedBucket
    at_start: float
    at_end: float
    person_seconds: float
    unmatched_exits: int


def occupancy_curve(
    buckets: Sequence[ObservedBucket], resets: Iterable[Reset], *, reconcile: bool, at_start: int = 0
) -> list[OccupancySegment]:
    """Return the occupancy curve of a store-day, or of the last part of one. It continues from each reset.

    Args:
        buckets: the buckets of the store-day, split at every reset.
        resets: the resets within the day.
        at_start: the people inside at the start of the buckets.
        reconcile: for a day that is over and complete. Between resets the matched exits are scaled so that the curve
            meets the next reset, and is 0 at the end of the day. Where no exit was matched there is nothing to scale.
            Where scaled exits would make the curve negative, they wait until somebody comes in.

    Returns:
        One segment for each bucket.
    """
    spans = split_at_resets(buckets, resets, at_start)
    ends = [float(inside) for inside, _ in spans[1:]] + [0.0]
    segments: list[OccupancySegment] = []
    for (inside, span), at_end in zip(spans, ends, strict=True):
        matched = _matched_exits(span, inside)
        scale = _exit_scale(span, matched, inside, at_end) if reconcile else 1.0
        segments += _segments(span, matched, inside, scale)
    return segments


def split_at_resets(
    buckets: Sequence[ObservedBucket], resets: Iterable[Reset], at_start: int = 0
) -> list[tuple[int, Sequence[ObservedBucket]]]:
    """Split the buckets of a store-day at its resets.

    Returns:
        The occupancy at the start of each part, and its buckets. The first part starts with `at_start` people.
    """
    parts: list[tuple[int, Sequence[ObservedBucket]]] = []
    first = 0
    for reset in sorted(resets, key=lambda reset: reset.at):
        end = bisect_left(buckets, reset.at, lo=first, key=_bucket_start)
        parts.append((at_start, buckets[first:end]))
        first, at_start = end, reset.occupancy
    return [*parts, (at_start, buckets[first:])]


def _matched_exits(buckets: Sequence[ObservedBucket], at_start: int) -> list[int]:
    """Return the OUT crossings of each bucket, capped at the people at its start and those who come in."""
    matched = []
    inside = at_start
    for bucket in buckets:
        ins, outs = bucket.ins, bucket.outs
        exits = min(outs, inside + ins) if outs else 0
        inside += ins - exits
        matched.append(exits)
    return matched


def _exit_scale(buckets: Sequence[ObservedBucket], matched: Sequence[int], at_start: int, at_end: float) -> float:
    """Return the factor of the matched exits with which `at_start` + IN - exits is `at_end`; 1 where there is none."""
    exits = sum(matched)
    leaving = at_start + sum(bucket.ins for bucket in buckets) - at_end
    return leaving / exits if exits and leaving >= 0 else 1.0


def _segments(
    buckets: Sequence[ObservedBucket], matched: Sequence[int], at_start: float, scale: float
) -> Iterator[OccupancySegment]:
    balance = inside = float(at_start)  # `balance` is negative while scaled exits wait for somebody to come in
    new_segment = tuple.__new__  # the constructor of a NamedTuple takes twice as long
    for bucket, exits in zip(buckets, matched, strict=True):
        _, _, ins, outs, in_offset_s, out_offset_s, *_ = bucket
        seconds = bucket.seconds
        if not ins and not outs:
            yield new_segment(OccupancySegment, (bucket, inside, inside, inside * seconds, 0))
            continue
        balance += ins - scale * exits
        at_end = max(0.0, balance)
        entered_s = ins * seconds - in_offset_s
        leaving = inside + ins - at_end
        # Exits that waited have no time of their own: they follow the other exits, or the people who come in.
        mean_left_s = seconds - out_offset_s / outs if outs else entered_s / ins
        yield OccupancySegment(
            bucket,
            inside,
            at_end,
            max(0.0, inside * seconds + entered_s - leaving * mean_left_s),
            outs - exits,
        )
        inside = at_end


def person_seconds(segments: Iterable[OccupancySegment]) -> float:
    """Return the time that all people together spent inside in known buckets, seconds."""
    return sum([segment.person_seconds for segment in segments if segment.bucket.is_known])


def unmatched_exits(segments: Iterable[OccupancySegment]) -> int:
    """Return the OUT crossings of people who were not counted inside."""
    return sum([segment.unmatched_exits for segment in segments])


def average_occupancy(segments: Iterable[OccupancySegment]) -> float | None:
    """Return the time-average of N over the known open buckets; None when there are none."""
    known = [segment for segment in segments if segment.bucket.open_s > 0 and segment.bucket.is_known]
    seconds = sum(segment.bucket.seconds for segment in known)
    return person_seconds(known) / seconds if seconds else None


def peak_occupancy(segments: Iterable[OccupancySegment]) -> float | None:
    """Return the highest N at the start or end of a known bucket; None when there are none."""
    known = [segment for segment in segments if segment.bucket.is_known]
    return max([segment.at_start for segment in known] + [segment.at_end for segment in known], default=None)


def segments_within(segments: Sequence[OccupancySegment], window: Window) -> Sequence[OccupancySegment]:
    """Return the segments, given in order, whose buckets begin within a window."""
    first = bisect_left(segments, window.start, key=_start)
    return segments[first : bisect_left(segments, window.end, lo=first, key=_start)]


def _start(segment: OccupancySegment) -> datetime:
    return segment.bucket.start


def _bucket_start(bucket: ObservedBucket) -> datetime:
    return bucket.start
