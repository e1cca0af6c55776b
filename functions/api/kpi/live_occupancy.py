"""The occupancy at a moment of the store-day, exact to the crossing: it is never below 0 on the way.

After crossings of +1 (IN) and -1 (OUT) with the sum S and the lowest first part m (0 or less), the occupancy is

    N' = N + S + max(0, -m - N)

and max(0, -m - N) exits are unmatched: of people who came in unseen. Where N is at least the number of OUT crossings of
a bucket, no exit can be unmatched, and the counts of the bucket suffice. Only the other buckets need their single
crossings, and those whose counts lack late crossings. A lower bound of N decides, so the result is exact.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.occupancy import Reset, split_at_resets
from functions.api.kpi.window import Window, overlaps_any

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CrossingSum:
    """The sum of the crossings of a window, each +1 (IN) or -1 (OUT). At the same moment IN comes first.

    Attributes:
        total: IN - OUT.
        lowest: the lowest sum of any first part of the crossings, 0 or less.
    """

    total: int = 0
    lowest: int = 0


def sum_crossings(crossings: Iterable[tuple[datetime, bool]]) -> CrossingSum:
    """Return the sum of crossings.

    Args:
        crossings: the time of each crossing, and whether it is an IN; in any order.
    """
    total = lowest = 0
    for _, is_out in sorted([(at, not is_in) for at, is_in in crossings]):
        total += -1 if is_out else 1
        lowest = min(lowest, total)
    return CrossingSum(total, lowest)


@dataclass(frozen=True, slots=True)
class LiveOccupancy:
    """The people inside, and the exits without an entry since the start of the store-day.

    Attributes:
        occupancy: people inside.
        unmatched_exits: OUT crossings that found nobody inside.
    """

    occupancy: int
    unmatched_exits: int


NOBODY = LiveOccupancy(0, 0)
"""The occupancy at the start of a store-day."""


def undecided_windows(
    buckets: Sequence[ObservedBucket],
    resets: Iterable[Reset],
    before: LiveOccupancy = NOBODY,
    stale_windows: Sequence[Window] = (),
) -> list[Window]:
    """Return the windows whose single crossings decide how many people are inside; usually few.

    Args:
        buckets: the buckets of the store-day so far, split at every reset.
        resets: the resets of the occupancy.
        before: the occupancy at the start of the buckets.
        stale_windows: where the counts of the buckets lack late crossings; in order, without overlaps.

    Returns:
        Windows of whole buckets, in order. Adjoining ones are one window, unless a reset lies between them.
    """
    windows: list[Window] = []
    for at_start, part in split_at_resets(buckets, resets, before.occupancy):
        at_least, is_first = at_start, True
        for bucket in part:
            is_stale = bool(stale_windows) and overlaps_any(stale_windows, bucket.start, bucket.end)
            if is_stale or bucket.outs > at_least:
                if not is_first and windows and windows[-1].end == bucket.start:
                    windows[-1] = Window(windows[-1].start, bucket.end)
                else:
                    windows.append(Window(bucket.start, bucket.end))
            at_least = 0 if is_stale else max(0, at_least + bucket.ins - bucket.outs)
            is_first = False
    return windows


def live_occupancy(
    buckets: Sequence[ObservedBucket],
    resets: Iterable[Reset],
    sums: Mapping[Window, CrossingSum],
    before: LiveOccupancy = NOBODY,
) -> LiveOccupancy:
    """Return the occupancy at the end of the buckets.

    Args:
        buckets: the buckets of the store-day so far, split at every reset.
        resets: the resets of the occupancy.
        sums: the sums of the crossings of each of the `undecided_windows`.
        before: the occupancy at the start of the buckets.
    """
    of_windows = {window.start: (window.end, of_window) for window, of_window in sums.items()}
    inside, unmatched = before.occupancy, before.unmatched_exits
    for at_start, part in split_at_resets(buckets, resets, before.occupancy):
        inside = at_start
        summed_until = _EPOCH
        for bucket in part:
            if bucket.start in of_windows:
                summed_until, of_window = of_windows[bucket.start]
                without_entry = max(0, -of_window.lowest - inside)
                inside += of_window.total + without_entry
                unmatched += without_entry
            elif bucket.start >= summed_until:
                inside += bucket.ins - bucket.outs
    return LiveOccupancy(inside, unmatched)
