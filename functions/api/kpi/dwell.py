"""Dwell, the mean time inside, by Little's law W = L / lambda (Little 1961). No person is followed.

On a complete store-day every visitor has left, and dwell is mean exit time - mean entry time. Crossings that were
missed at random in either direction leave both means unchanged. On a day in progress dwell is the person-seconds so far
divided by the visitors so far.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.enums import DwellMethod


@dataclass(frozen=True, slots=True)
class Dwell:
    """A dwell time and how it was estimated.

    Attributes:
        seconds: None without visitors, or when the crossings contradict each other (exits before entries).
        method: how it was estimated.
    """

    seconds: float | None
    method: DwellMethod


def complete_dwell(buckets: Sequence[ObservedBucket]) -> float | None:
    """Return mean exit time - mean entry time of a complete store-day, seconds."""
    entered = [bucket for bucket in buckets if bucket.ins]
    left = [bucket for bucket in buckets if bucket.outs]
    if not entered or not left:
        return None
    ins, outs = sum([bucket.ins for bucket in entered]), sum([bucket.outs for bucket in left])
    origin = buckets[0].start
    entered_s = sum([b.ins * (b.start - origin).total_seconds() + b.in_offset_s for b in entered])
    left_s = sum([b.outs * (b.start - origin).total_seconds() + b.out_offset_s for b in left])
    dwell_s = left_s / outs - entered_s / ins
    return dwell_s if dwell_s >= 0 else None


def dwell_so_far(person_seconds: float, visitors: int) -> float | None:
    """Return person-seconds so far / visitors so far, seconds; None without visitors."""
    return person_seconds / visitors if visitors else None


def mean_dwell(days: Iterable[tuple[int, float | None]]) -> float | None:
    """Return the mean dwell of several store-days, seconds, weighted by their visitors.

    Args:
        days: for each day its visitors and its dwell in seconds, or None when it is unknown.
    """
    known = [(visitors, dwell_s) for visitors, dwell_s in days if visitors and dwell_s is not None]
    visitors_total = sum(visitors for visitors, _ in known)
    return sum(visitors * dwell_s for visitors, dwell_s in known) / visitors_total if visitors_total else None
