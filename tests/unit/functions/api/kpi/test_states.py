"""What a bucket is worth: observed, in part, not at all, not yet, or closed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.cells import Arrival, Cell, Slice, Watch, make_cells
from functions.api.kpi.coverage import bucket_state, counted, coverage, overdue_s
from functions.api.kpi.window import QUARTER, Window, joined
from functions.api.kpi.words import BucketState
from tests.unit.functions.api.kpi.visits import CAMERA

TEN = datetime(2026, 11, 20, 10, tzinfo=UTC)
HOUR = Window(TEN, TEN + timedelta(hours=1))
NOW = TEN + timedelta(hours=5)
ALL = {TEN + i * QUARTER: 15 for i in range(4)}


def hour(
    minutes: Mapping[datetime, int] = ALL,
    *,
    slices: Sequence[Slice] = (),
    watches: Sequence[Watch] = (Watch(CAMERA, TEN - timedelta(days=9), None, NOW),),
    opened: Sequence[Window] = (HOUR,),
    now: datetime = NOW,
    unsettled: tuple[Window, ...] = (),
    accepted_from: datetime = NOW - timedelta(days=30),
    cuts: Sequence[datetime] = (),
) -> list[Cell]:
    return make_cells(
        window=HOUR,
        cuts=cuts,
        slices=slices,
        observed_minutes=minutes,
        watches=watches,
        opened=opened,
        arrival=Arrival(now, accepted_from, unsettled),
    )


def watch(delivered: datetime | None, since: datetime = TEN, until: datetime | None = None) -> Watch:
    return Watch(CAMERA, since, until, delivered)


def test_an_hour_that_was_seen_all_the_time_is_a_value_even_when_nobody_came() -> None:
    assert bucket_state(hour()) is BucketState.VALUE
    assert counted(hour()) == (0, 0)


@pytest.mark.parametrize(("minutes", "state"), [(54, BucketState.VALUE), (53, BucketState.PARTIAL)])
def test_ninety_percent_of_the_minutes_make_a_value(minutes: int, state: BucketState) -> None:
    seen = {TEN + i * QUARTER: max(0, min(15, minutes - 15 * i)) for i in range(4)}
    assert coverage(hour(seen)) == pytest.approx(minutes / 60)
    assert bucket_state(hour(seen)) is state


def test_an_hour_that_nobody_saw_has_no_data_and_no_zero() -> None:
    assert bucket_state(hour({})) is BucketState.NO_DATA
    assert counted(hour({})) == (None, None)
    assert coverage(hour({})) == 0


def test_crossings_without_reported_minutes_are_partial() -> None:
    cells = hour({}, slices=[Slice(TEN, TEN + QUARTER, 2, 1)])
    assert bucket_state(cells) is BucketState.PARTIAL
    assert counted(cells) == (2, 1)


def test_one_of_two_cameras_is_half_the_coverage() -> None:
    cells = hour(watches=[watch(NOW), watch(NOW)])
    assert coverage(cells) == pytest.approx(0.5)
    assert bucket_state(cells) is BucketState.PARTIAL


def test_a_store_without_cameras_has_no_data() -> None:
    assert bucket_state(hour({}, watches=[])) is BucketState.NO_DATA
    assert coverage(hour({}, watches=[])) is None


def test_a_camera_that_never_sent_has_no_data_rather_than_pending() -> None:
    assert bucket_state(hour({}, watches=[watch(None)])) is BucketState.NO_DATA


def test_what_a_camera_has_not_delivered_is_pending() -> None:
    cells = hour(watches=[watch(TEN + timedelta(minutes=50))])
    assert [cell.pending for cell in cells] == [False, False, False, True]
    assert bucket_state(cells) is BucketState.PENDING
    assert overdue_s(cells, NOW) == 900


def test_what_may_still_arrive_does_not_lower_the_coverage() -> None:
    delivered = {start: minutes for start, minutes in ALL.items() if start < TEN + 3 * QUARTER}
    assert coverage(hour(delivered, watches=[watch(TEN + 3 * QUARTER)])) == 1


def test_what_would_be_refused_for_its_age_is_not_pending_any_more() -> None:
    cells = hour({}, watches=[watch(TEN)], accepted_from=HOUR.end)
    assert bucket_state(cells) is BucketState.NO_DATA


def test_what_has_arrived_but_is_not_in_the_aggregates_yet_is_pending() -> None:
    late = Window(TEN + timedelta(minutes=20), TEN + timedelta(minutes=21))
    assert [cell.pending for cell in hour(unsettled=(late,))] == [False, True, False, False]


MINUTES = st.integers(-60, 120)


@given(st.lists(st.tuples(MINUTES, MINUTES).map(sorted)))
def test_a_quarter_hour_is_pending_when_any_of_the_late_stretches_reaches_into_it(stretches: list[list[int]]) -> None:
    late = [Window(TEN + timedelta(minutes=a), TEN + timedelta(minutes=b + 1)) for a, b in stretches]
    cells = hour(unsettled=tuple(joined(late)))
    assert [cell.pending for cell in cells] == [
        any(stretch.start < cell.end and cell.start < stretch.end for stretch in late) for cell in cells
    ]


def test_an_hour_in_progress_or_to_come_is_pending() -> None:
    now = TEN + timedelta(minutes=20)
    cells = hour({TEN: 15}, now=now, watches=[watch(now)], cuts=[now])
    assert bucket_state(cells) is BucketState.PENDING
    assert counted(cells) == (0, 0)
    assert overdue_s(cells, now) == 0
    assert counted(hour({}, now=TEN - timedelta(hours=2))) == (None, None)


def test_the_quarter_hour_in_progress_counts_as_seen_when_the_one_before_was() -> None:
    now = TEN + timedelta(minutes=1)
    seen_before = hour({TEN - QUARTER: 15}, now=now, watches=[watch(now)], cuts=[now])
    assert counted(seen_before) == (0, 0)
    assert counted(hour({}, now=now, watches=[watch(now)], cuts=[now])) == (None, None)


def test_outside_opening_hours_is_closed_and_still_counts_who_crossed() -> None:
    cells = hour({}, opened=[], slices=[Slice(TEN, TEN + QUARTER, 1, 0)])
    assert bucket_state(cells) is BucketState.CLOSED
    assert counted(cells) == (1, 0)
    assert counted(hour({}, opened=[])) == (None, None)
    assert coverage(hour(opened=[])) is None


def test_frames_of_closed_hours_make_no_zero_of_open_ones_that_nobody_saw() -> None:
    opened = [Window(TEN + 2 * QUARTER, HOUR.end)]
    cells = hour({TEN: 15, TEN + QUARTER: 15}, opened=opened)
    assert bucket_state(cells) is BucketState.NO_DATA
    assert counted(cells) == (None, None)


def test_who_crossed_before_open_hours_that_nobody_saw_is_counted_in_part() -> None:
    opened = [Window(TEN + 2 * QUARTER, HOUR.end)]
    cells = hour({TEN: 15}, opened=opened, slices=[Slice(TEN, TEN + QUARTER, 2, 0)])
    assert bucket_state(cells) is BucketState.PARTIAL
    assert counted(cells) == (2, 0)


def test_before_the_store_opens_nobody_so_far_is_a_zero() -> None:
    opened = [Window(TEN + 2 * QUARTER, HOUR.end)]
    cells = hour({TEN: 15}, opened=opened, now=TEN + QUARTER)
    assert bucket_state(cells) is BucketState.PENDING
    assert counted(cells) == (0, 0)


def test_only_open_minutes_are_expected() -> None:
    opened = [Window(TEN + timedelta(minutes=40), HOUR.end)]
    cells = hour({TEN + 2 * QUARTER: 5, TEN + 3 * QUARTER: 15}, opened=opened)
    assert coverage(cells) == 1
    assert bucket_state(cells) is BucketState.VALUE


def test_a_camera_is_expected_only_while_it_counted() -> None:
    half = TEN + 2 * QUARTER
    cells = hour({TEN: 15, TEN + QUARTER: 15}, watches=[watch(NOW, TEN, half)])
    assert [cell.expected_s for cell in cells] == [900, 900, 0, 0]
    assert coverage(cells) == 1


@given(st.integers(0, 15), st.integers(1, 899))
def test_a_cut_quarter_hour_is_observed_as_much_as_the_whole(minutes: int, second: int) -> None:
    cut = hour({TEN: minutes}, cuts=[TEN + timedelta(seconds=second)])
    assert sum(cell.observed_s for cell in cut) == pytest.approx(minutes * 60)


def test_a_slice_that_is_not_on_a_tile_is_refused_rather_than_lost() -> None:
    with pytest.raises(ValueError, match="outside the tiles"):
        hour(slices=[Slice(TEN + timedelta(seconds=1), TEN + QUARTER, 1)])
