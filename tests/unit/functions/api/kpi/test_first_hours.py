"""A store-day that continues from its first hours has the KPIs of all its buckets, to the last digit."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.coverage import bucket_state
from functions.api.kpi.day_kpis import DayKpis
from functions.api.kpi.first_hours import count_hours, find_settled_end
from functions.api.kpi.live_occupancy import CrossingSum, LiveOccupancy, live_occupancy, undecided_windows
from functions.api.kpi.occupancy import Reset
from functions.api.kpi.store_day import StoreDayBuckets, compute_day_kpis
from functions.api.kpi.window import QUARTER, Window
from tests.unit.functions.api.kpi.visits import DAY, at, observed_buckets

HOUR = timedelta(hours=1)
HOURS = [Window(DAY.start + n * HOUR, DAY.start + (n + 1) * HOUR) for n in range(24)]
TODAY = DAY.start.date()


@st.composite
def buckets_so_far(draw: st.DrawFn) -> list[ObservedBucket]:
    """The quarter-hours of a day in progress, of which those that are settled come first."""
    count = draw(st.integers(2, 40))
    seconds = st.floats(0, 899.999, allow_nan=False)
    found = []
    for n in range(count):
        ins, outs = draw(st.sampled_from([(0, 0), (0, 0), (1, 0), (0, 1), (3, 1), (2, 5)]))
        open_s = draw(st.sampled_from([0.0, 420.0, 900.0]))
        cameras = draw(st.sampled_from([1, 2]))
        observed_s = draw(st.sampled_from([0.0, 60.0, 900.0])) if open_s else draw(st.sampled_from([0.0, 900.0]))
        observed_s = min(observed_s, cameras * (open_s or 900.0))
        has_two_lines = draw(st.sampled_from([False, False, True]))
        found.append(
            ObservedBucket(
                DAY.start + n * QUARTER,
                DAY.start + (n + 1) * QUARTER,
                ins,
                outs,
                ins * draw(seconds),
                outs * draw(seconds),
                open_s,
                cameras * open_s,
                observed_s,
                is_pending=False,
                seconds=900.0,
                is_known=bool(observed_s or ins or outs),
                line_changed=has_two_lines or draw(st.booleans()),
                has_two_lines=has_two_lines,
            )
        )
    pending_from = draw(st.integers(1, count))
    return [
        *found[:pending_from],
        *(b._replace(is_pending=True, is_overdue=b.open_s > 0) for b in found[pending_from:]),
    ]


@given(buckets_so_far(), st.data())
def test_a_day_that_continues_from_its_first_part_has_the_same_kpis(
    buckets: list[ObservedBucket], data: st.DataObject
) -> None:
    settled = [n for n, bucket in enumerate(buckets) if not bucket.is_pending and n]
    cut = data.draw(st.sampled_from(settled)) if settled else 0
    reset_at = data.draw(st.sampled_from([bucket.start for bucket in buckets[cut:]]))
    resets = (Reset(reset_at, data.draw(st.integers(0, 9))),) if cut and data.draw(st.booleans()) else ()
    closing = data.draw(st.sampled_from([bucket.start for bucket in buckets[cut:]]))
    after_closing = (Window(closing, DAY.end),) if cut else ()
    now = buckets[-1].end
    whole = StoreDayBuckets(TODAY, tuple(buckets), resets, is_whole=False, after_closing=after_closing)
    before = None
    if cut:
        first = StoreDayBuckets(TODAY, tuple(buckets[:cut]), (), is_whole=False, after_closing=after_closing)
        before = compute_day_kpis(first, now)
    rest = StoreDayBuckets(
        TODAY, tuple(buckets[cut:]), resets, is_whole=False, after_closing=after_closing, before=before
    )
    assert without_dwell(compute_day_kpis(rest, now)) == without_dwell(compute_day_kpis(whole, now))
    assert (rest.visitors_and_exits, rest.is_empty, rest.residual) == (
        whole.visitors_and_exits,
        whole.is_empty,
        whole.residual,
    )


def without_dwell(kpis: DayKpis) -> DayKpis:
    return kpis._replace(dwell_s=None)


@given(buckets_so_far(), st.data())
def test_the_live_occupancy_continues_from_that_of_the_first_part(
    buckets: list[ObservedBucket], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(buckets) - 1))
    first = occupancy_of(buckets[:cut], LiveOccupancy(0, 0))
    assert occupancy_of(buckets[cut:], first) == occupancy_of(buckets, LiveOccupancy(0, 0))


def occupancy_of(buckets: Sequence[ObservedBucket], before: LiveOccupancy) -> LiveOccupancy:
    """The occupancy when all exits of a quarter-hour come before its entries."""
    sums = {}
    for window in undecided_windows(buckets, [], before):
        total = lowest = 0
        for bucket in buckets:
            if bucket.start in window:
                lowest = min(lowest, total - bucket.outs)
                total += bucket.ins - bucket.outs
        sums[window] = CrossingSum(total, lowest)
    return live_occupancy(buckets, [], sums, before)


@given(buckets_so_far())
def test_the_hours_before_and_after_a_full_hour_are_those_of_the_day(buckets: list[ObservedBucket]) -> None:
    full = len(buckets) // 4
    first, rest = buckets[: 4 * full], buckets[4 * full :]
    assert [*count_hours(first, HOURS[:full]), *count_hours(rest, HOURS[full:])] == count_hours(buckets, HOURS)
    states = [bucket_state(buckets[4 * n : 4 * n + 4]) for n in range(full)]
    assert [hour.state for hour in count_hours(first, HOURS[:full])] == states


@pytest.mark.parametrize(
    ("resets", "closings", "delivered_until", "limit", "expected"),
    [
        ([], [], 43_200, 43_199, 39_600),
        ([], [], 43_200, 43_200, 43_200),
        ([], [], 20_000, 43_200, 18_000),
        ([25_300], [], 43_200, 43_200, 25_200),
        ([25_200], [], 43_200, 43_200, 25_200),
        ([], [32_400, 40_000], 43_200, 43_200, 32_400),
        ([], [], 43_200, 3_599, None),
    ],
)
def test_the_first_hours_end_before_what_may_still_change(
    resets: list[int], closings: list[int], delivered_until: int, limit: int, expected: int | None
) -> None:
    buckets = observed_buckets([], Window(DAY.start, at(43_200)), [at(second) for second in resets])
    buckets = [bucket._replace(is_pending=bucket.end > at(delivered_until)) for bucket in buckets]
    day = StoreDayBuckets(
        TODAY,
        tuple(buckets),
        tuple(Reset(at(second), 1) for second in resets),
        is_whole=False,
        after_closing=tuple(Window(at(second), DAY.end) for second in closings),
    )
    assert find_settled_end(day, HOURS, at(limit)) == (None if expected is None else at(expected))
