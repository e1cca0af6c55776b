"""Visits, their counts by brute force, and the buckets that the database would return for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from functions.api.kpi.buckets import (
    BucketCounts,
    CountingPeriod,
    ObservedBucket,
    PendingCriteria,
    build_observed_buckets,
)
from functions.api.kpi.window import QUARTER, Window, quarter_floor, split_window

DAY = Window(datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC))
CAMERA = UUID(int=1)
LATER = DAY.end + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit: when a person came and left, seconds after the start of the day."""

    came: float
    left: float


def visits(latest: float = DAY.seconds) -> st.SearchStrategy[list[Visit]]:
    """Any visits of a day. Their times lie on the starts of quarter-hours more often than by chance."""
    second = st.one_of(
        st.floats(0, latest - 1e-3, allow_nan=False).map(lambda s: round(s, 3)),
        st.integers(0, int(latest // 900) - 1).map(lambda q: q * 900.0),
    )
    return st.lists(st.tuples(second, second).map(lambda pair: Visit(min(pair), max(pair))), max_size=40)


def inside(people: Iterable[Visit], second: float) -> int:
    """Return N at a second, before the crossings at that second."""
    return sum(visit.came < second <= visit.left for visit in people)


def time_inside(people: Iterable[Visit], start: float, end: float) -> float:
    """Return the person-seconds within [start, end)."""
    return sum(max(0.0, min(visit.left, end) - max(visit.came, start)) for visit in people)


def bucket_counts(
    ins: Iterable[float], outs: Iterable[float], window: Window = DAY, split_at: Sequence[datetime] = ()
) -> list[BucketCounts]:
    """Return what the database returns: counts and sums of times, for the buckets with crossings."""
    counts = []
    arrived = [DAY.start + timedelta(seconds=second) for second in ins]
    departed = [DAY.start + timedelta(seconds=second) for second in outs]
    for bucket in split_window(window, split_at):
        i = [(at - bucket.start).total_seconds() for at in arrived if at in bucket]
        o = [(at - bucket.start).total_seconds() for at in departed if at in bucket]
        if i or o:
            counts.append(BucketCounts(bucket.start, bucket.end, len(i), len(o), sum(i), sum(o)))
    return counts


def observed_everywhere(window: Window) -> dict[datetime, int]:
    """Return frames in every minute of the window and of the quarter-hour before it."""
    first = quarter_floor(window.start) - QUARTER
    count = (window.end - first) // QUARTER + 1
    return {first + i * QUARTER: 15 for i in range(count)}


def observed_buckets(
    counts: Iterable[BucketCounts],
    window: Window = DAY,
    split_at: Sequence[datetime] = (),
    now: datetime = LATER,
    open_windows: Sequence[Window] | None = None,
) -> list[ObservedBucket]:
    """Return the buckets of a window that one camera observed all the time."""
    return build_observed_buckets(
        window=window,
        split_at=split_at,
        counts=counts,
        observed_minutes=observed_everywhere(window),
        counting_periods=[CountingPeriod(CAMERA, window.start - timedelta(days=1), None, now)],
        open_windows=[window] if open_windows is None else open_windows,
        pending=PendingCriteria(now=now, accepted_from=window.start - timedelta(days=30)),
    )


def at(second: float) -> datetime:
    """Return the time of a second of the day."""
    return DAY.start + timedelta(seconds=second)


def buckets_of_visits(
    people: Iterable[Visit], window: Window = DAY, split_at: Sequence[datetime] = (), now: datetime = LATER
) -> list[ObservedBucket]:
    """Return the buckets of these visits."""
    people = list(people)
    return observed_buckets(
        bucket_counts([v.came for v in people], [v.left for v in people], window, split_at),
        window,
        split_at,
        now,
        open_windows=[window],
    )
