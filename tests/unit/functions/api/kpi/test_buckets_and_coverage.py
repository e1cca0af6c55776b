"""The state of a bucket: value, partial, no_data, pending or closed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.buckets import (
    BucketCounts,
    CountingPeriod,
    ObservedBucket,
    PendingCriteria,
    buckets_until,
    buckets_within,
    build_observed_buckets,
    split_buckets,
)
from functions.api.kpi.coverage import bucket_state, coverage, overdue_s, visitors_and_exits
from functions.api.kpi.enums import BucketState
from functions.api.kpi.window import QUARTER, Window, merge_windows
from tests.unit.functions.api.kpi.visits import CAMERA

TEN = datetime(2026, 11, 20, 10, tzinfo=UTC)
HOUR = Window(TEN, TEN + timedelta(hours=1))
NOW = TEN + timedelta(hours=5)
ALL = {TEN + i * QUARTER: 15 for i in range(4)}


def hour(
    minutes: Mapping[datetime, int] = ALL,
    *,
    counts: Sequence[BucketCounts] = (),
    counting_periods: Sequence[CountingPeriod] = (CountingPeriod(CAMERA, TEN - timedelta(days=9), None, NOW),),
    open_windows: Sequence[Window] = (HOUR,),
    now: datetime = NOW,
    stale_windows: tuple[Window, ...] = (),
    accepted_from: datetime = NOW - timedelta(days=30),
    split_at: Sequence[datetime] = (),
) -> list[ObservedBucket]:
    return build_observed_buckets(
        window=HOUR,
        split_at=split_at,
        counts=counts,
        observed_minutes=minutes,
        counting_periods=counting_periods,
        open_windows=open_windows,
        pending=PendingCriteria(now, accepted_from, stale_windows),
    )


def period(delivered: datetime | None, since: datetime = TEN, until: datetime | None = None) -> CountingPeriod:
    return CountingPeriod(CAMERA, since, until, delivered)


def test_an_hour_that_was_fully_observed_is_a_value_even_without_visitors() -> None:
    assert bucket_state(hour()) is BucketState.VALUE
    assert visitors_and_exits(hour()) == (0, 0)


@pytest.mark.parametrize(("minutes", "state"), [(54, BucketState.VALUE), (53, BucketState.PARTIAL)])
def test_ninety_percent_of_the_minutes_make_a_value(minutes: int, state: BucketState) -> None:
    seen = {TEN + i * QUARTER: max(0, min(15, minutes - 15 * i)) for i in range(4)}
    assert coverage(hour(seen)) == pytest.approx(minutes / 60)
    assert bucket_state(hour(seen)) is state


def test_an_hour_that_was_not_observed_has_no_data_and_no_zero() -> None:
    assert bucket_state(hour({})) is BucketState.NO_DATA
    assert visitors_and_exits(hour({})) == (None, None)
    assert coverage(hour({})) == 0


def test_crossings_without_reported_minutes_are_partial() -> None:
    buckets = hour({}, counts=[BucketCounts(TEN, TEN + QUARTER, 2, 1)])
    assert bucket_state(buckets) is BucketState.PARTIAL
    assert visitors_and_exits(buckets) == (2, 1)


def test_one_of_two_cameras_is_half_the_coverage() -> None:
    buckets = hour(counting_periods=[period(NOW), period(NOW)])
    assert coverage(buckets) == pytest.approx(0.5)
    assert bucket_state(buckets) is BucketState.PARTIAL


def test_a_store_without_cameras_has_no_data() -> None:
    assert bucket_state(hour({}, counting_periods=[])) is BucketState.NO_DATA
    assert coverage(hour({}, counting_periods=[])) == 0


def test_a_camera_that_never_reported_gives_no_data_instead_of_pending() -> None:
    assert bucket_state(hour({}, counting_periods=[period(None)])) is BucketState.NO_DATA


def test_time_that_a_camera_has_not_delivered_is_pending() -> None:
    buckets = hour(counting_periods=[period(TEN + timedelta(minutes=50))])
    assert [bucket.is_pending for bucket in buckets] == [False, False, False, True]
    assert bucket_state(buckets) is BucketState.PENDING
    assert overdue_s(buckets, NOW) == 900


def test_pending_time_does_not_lower_the_coverage() -> None:
    delivered = {start: minutes for start, minutes in ALL.items() if start < TEN + 3 * QUARTER}
    assert coverage(hour(delivered, counting_periods=[period(TEN + 3 * QUARTER)])) == 1


def test_time_older_than_the_ingest_accepts_is_not_pending() -> None:
    buckets = hour({}, counting_periods=[period(TEN)], accepted_from=HOUR.end)
    assert bucket_state(buckets) is BucketState.NO_DATA


def test_a_window_with_stale_aggregates_is_pending() -> None:
    stale = Window(TEN + timedelta(minutes=20), TEN + timedelta(minutes=21))
    assert [bucket.is_pending for bucket in hour(stale_windows=(stale,))] == [False, True, False, False]


def test_imported_data_older_than_the_ingest_accepts_is_pending_until_the_refresh() -> None:
    stale = Window(TEN + timedelta(minutes=20), TEN + timedelta(minutes=21))
    buckets = hour(stale_windows=(stale,), accepted_from=HOUR.end)
    assert [bucket.is_pending for bucket in buckets] == [False, True, False, False]


MINUTES = st.integers(-60, 120)


@given(st.lists(st.tuples(MINUTES, MINUTES).map(sorted)))
def test_a_quarter_hour_is_pending_when_it_overlaps_a_stale_window(minute_pairs: list[list[int]]) -> None:
    stale = [Window(TEN + timedelta(minutes=a), TEN + timedelta(minutes=b + 1)) for a, b in minute_pairs]
    buckets = hour(stale_windows=tuple(merge_windows(stale)))
    assert [bucket.is_pending for bucket in buckets] == [
        any(window.start < bucket.end and bucket.start < window.end for window in stale) for bucket in buckets
    ]


def test_an_hour_in_progress_or_in_the_future_is_pending() -> None:
    now = TEN + timedelta(minutes=20)
    buckets = hour({TEN: 15}, now=now, counting_periods=[period(now)], split_at=[now])
    assert bucket_state(buckets) is BucketState.PENDING
    assert visitors_and_exits(buckets) == (0, 0)
    assert overdue_s(buckets, now) == 0
    assert visitors_and_exits(hour({}, now=TEN - timedelta(hours=2))) == (None, None)


def test_the_quarter_hour_in_progress_is_known_when_the_one_before_was_observed() -> None:
    now = TEN + timedelta(minutes=1)
    seen_before = hour({TEN - QUARTER: 15}, now=now, counting_periods=[period(now)], split_at=[now])
    assert visitors_and_exits(seen_before) == (0, 0)
    assert visitors_and_exits(hour({}, now=now, counting_periods=[period(now)], split_at=[now])) == (None, None)


def test_outside_opening_hours_the_state_is_closed_and_crossings_still_count() -> None:
    buckets = hour({}, open_windows=[], counts=[BucketCounts(TEN, TEN + QUARTER, 1, 0)])
    assert bucket_state(buckets) is BucketState.CLOSED
    assert visitors_and_exits(buckets) == (1, 0)
    assert visitors_and_exits(hour({}, open_windows=[])) == (None, None)
    assert coverage(hour(open_windows=[])) is None


def test_frames_of_closed_hours_make_no_zero_of_open_hours_that_were_not_observed() -> None:
    open_windows = [Window(TEN + 2 * QUARTER, HOUR.end)]
    buckets = hour({TEN: 15, TEN + QUARTER: 15}, open_windows=open_windows)
    assert bucket_state(buckets) is BucketState.NO_DATA
    assert visitors_and_exits(buckets) == (None, None)


def test_crossings_before_open_hours_that_were_not_observed_are_partial() -> None:
    open_windows = [Window(TEN + 2 * QUARTER, HOUR.end)]
    buckets = hour({TEN: 15}, open_windows=open_windows, counts=[BucketCounts(TEN, TEN + QUARTER, 2, 0)])
    assert bucket_state(buckets) is BucketState.PARTIAL
    assert visitors_and_exits(buckets) == (2, 0)


def test_before_the_store_opens_no_visitors_so_far_is_a_zero() -> None:
    open_windows = [Window(TEN + 2 * QUARTER, HOUR.end)]
    buckets = hour({TEN: 15}, open_windows=open_windows, now=TEN + QUARTER)
    assert bucket_state(buckets) is BucketState.PENDING
    assert visitors_and_exits(buckets) == (0, 0)


def test_after_the_store_opened_an_overdue_open_time_is_unknown_although_closed_hours_were_observed() -> None:
    open_windows = [Window(TEN + QUARTER, HOUR.end)]
    now = TEN + 3 * QUARTER
    silent = [period(TEN + QUARTER)]
    buckets = hour({TEN: 15}, open_windows=open_windows, now=now, counting_periods=silent)
    assert bucket_state(buckets) is BucketState.PENDING
    assert [bucket.is_overdue for bucket in buckets] == [False, True, True, False]
    assert visitors_and_exits(buckets) == (None, None)
    arrived = hour({TEN: 15, TEN + QUARTER: 15}, open_windows=open_windows, now=now, counting_periods=silent)
    assert visitors_and_exits(arrived) == (0, 0)
    crossed = hour({}, open_windows=open_windows, now=now, counts=[BucketCounts(TEN, TEN + QUARTER, 2, 0)])
    assert visitors_and_exits(crossed) == (2, 0)


def test_only_open_minutes_are_expected() -> None:
    open_windows = [Window(TEN + timedelta(minutes=40), HOUR.end)]
    buckets = hour({TEN + 2 * QUARTER: 5, TEN + 3 * QUARTER: 15}, open_windows=open_windows)
    assert coverage(buckets) == 1
    assert bucket_state(buckets) is BucketState.VALUE


def test_open_time_in_which_no_camera_counted_was_not_observed() -> None:
    half = TEN + 2 * QUARTER
    buckets = hour({TEN: 15, TEN + QUARTER: 15}, counting_periods=[period(NOW, TEN, half)])
    assert [bucket.expected_s for bucket in buckets] == [900, 900, 900, 900]
    assert coverage(buckets) == 0.5


@given(st.integers(0, 15), st.integers(1, 899))
def test_a_split_quarter_hour_is_observed_as_much_as_the_whole(minutes: int, second: int) -> None:
    split = hour({TEN: minutes}, split_at=[TEN + timedelta(seconds=second)])
    assert sum(bucket.observed_s for bucket in split) == pytest.approx(minutes * 60)


def test_counts_that_belong_to_no_bucket_are_refused_instead_of_lost() -> None:
    with pytest.raises(ValueError, match="belong to no bucket"):
        hour(counts=[BucketCounts(TEN + timedelta(seconds=1), TEN + QUARTER, 1)])


@given(st.lists(st.integers(0, 3600), max_size=5), st.integers(0, 3600))
def test_buckets_are_split_into_adjoining_windows_and_cut_at_a_time(splits: list[int], cut: int) -> None:
    times = [TEN + timedelta(seconds=second) for second in splits]
    buckets = hour(split_at=times)
    starts = sorted({TEN, TEN + 2 * QUARTER, TEN + 3 * QUARTER, *times[:2]} - {HOUR.end})
    windows = [Window(a, b) for a, b in zip(starts, [*starts[1:], HOUR.end], strict=True)]
    assert list(split_buckets(buckets, windows)) == [list(buckets_within(buckets, window)) for window in windows]
    assert list(split_buckets(buckets, windows[1:])) == [
        list(buckets_within(buckets, window)) for window in windows[1:]
    ]
    until = TEN + timedelta(seconds=cut)
    assert list(buckets_until(buckets, until)) == [bucket for bucket in buckets if bucket.end <= until]
