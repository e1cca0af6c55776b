"""How completely buckets were observed: their coverage, their state, and the counts that are known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.day_kpis import DayKpis
from functions.api.kpi.enums import BucketState, Note

MIN_COVERAGE = 0.9
"""The coverage from which a bucket has the state `value` (DESIGN section 5)."""

USUAL_DELAY_S = 900.0
"""This much open time is always overdue: the minutes of the last quarter-hour are still being delivered."""


@dataclass(frozen=True, slots=True)
class DataQuality:
    """How completely a period was observed.

    Attributes:
        coverage: the share of its settled open time that was observed, 0..1; None when there was no such time.
        overdue_s: the open seconds that are over but not delivered yet.
    """

    coverage: float | None
    overdue_s: float = 0.0

    @property
    def is_partial(self) -> bool:
        """Whether too little was observed to compare the period with another."""
        return self.coverage is not None and self.coverage < MIN_COVERAGE

    @property
    def is_pending(self) -> bool:
        """Whether more data than usual is still to be delivered."""
        return self.overdue_s > USUAL_DELAY_S


def coverage(buckets: Iterable[ObservedBucket]) -> float | None:
    """Return the share, 0..1, of the settled open camera-time that has frames; None when there was no such time."""
    settled = [bucket for bucket in buckets if not bucket.is_pending and bucket.open_s > 0]
    expected_s = sum(bucket.expected_s for bucket in settled)
    if not expected_s:
        return None
    return sum(bucket.observed_s for bucket in settled) / expected_s


def bucket_state(buckets: Sequence[ObservedBucket], before: DayKpis | None = None) -> BucketState:
    """Return the state of the hour, day or other bucket that consists of these quarter-hours.

    It is `partial` when cameras counted with two lines in each of them: there is no count of one line.

    Args:
        buckets: the quarter-hours.
        before: the KPIs of the part of the day before them, in which nothing is pending.
    """
    is_open = is_known = has_one_line = has_crossings = False
    expected_s = observed_s = 0.0
    if before is not None:
        is_open, is_known = before.state is not BucketState.CLOSED, before.open_known_s > 0
        has_one_line = is_open and not before.has_two_lines
        has_crossings = bool(before.visitors or before.exits)
        expected_s, observed_s = before.expected_s, before.observed_s
    for bucket in buckets:  # called for each hour of each store of a list
        if bucket.open_s > 0:
            if bucket.is_pending:
                return BucketState.PENDING
            is_open = True
            is_known = is_known or bucket.is_known
            has_one_line = has_one_line or not bucket.has_two_lines
            expected_s += bucket.expected_s
            observed_s += bucket.observed_s
    if not is_open:
        return BucketState.CLOSED
    if not is_known and not has_crossings and not any(bucket.ins or bucket.outs for bucket in buckets):
        return BucketState.NO_DATA
    is_covered = expected_s > 0 and observed_s / expected_s >= MIN_COVERAGE
    return BucketState.VALUE if is_covered and has_one_line else BucketState.PARTIAL


def bucket_note(buckets: Iterable[ObservedBucket]) -> Note | None:
    """Return `line_changed` when a camera began another line in an open quarter-hour of these, otherwise None."""
    has_change = any(bucket.line_changed for bucket in buckets if bucket.open_s > 0 or bucket.ins or bucket.outs)
    return Note.LINE_CHANGED if has_change else None


def overdue_s(buckets: Iterable[ObservedBucket], now: datetime) -> float:
    """Return the open seconds that are over but may still change, because a camera has not delivered them yet."""
    return sum(bucket.open_s for bucket in buckets if bucket.is_pending and bucket.end <= now)


def visitors_and_exits(
    buckets: Sequence[ObservedBucket], state: BucketState | None = None, before: DayKpis | None = None
) -> tuple[int | None, int | None]:
    """Return the visitors and the exits of the buckets, or (None, None) where nothing is known.

    An unknown number is never 0. The numbers are also unknown when only closed hours were observed, once an open one is
    over: before the store opens, there is nobody so far.

    Args:
        buckets: the buckets.
        state: their `bucket_state`, when the caller has it already.
        before: the KPIs of the part of the day before them.
    """
    is_known, visitors, exits = (before.is_known, before.visitors, before.exits) if before else (False, 0, 0)
    is_open_known, is_overdue = before is not None and before.open_known_s > 0, False
    for bucket in buckets:
        if bucket.is_known:
            is_known = True
            is_open_known = is_open_known or bucket.open_s > 0
            visitors += bucket.ins
            exits += bucket.outs
        elif bucket.is_overdue:
            is_overdue = True
    if not is_known:
        return None, None
    if visitors or exits:
        return visitors, exits
    if (is_overdue and not is_open_known) or (state or bucket_state(buckets, before)) is BucketState.NO_DATA:
        return None, None
    return 0, 0
