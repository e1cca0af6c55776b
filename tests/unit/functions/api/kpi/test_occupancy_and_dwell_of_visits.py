"""Occupancy, its average and dwell from the aggregates are those of the visits, for any visits."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.dwell import complete_dwell, dwell_so_far, mean_dwell
from functions.api.kpi.occupancy import (
    Reset,
    average_occupancy,
    cut_steps,
    day_curve,
    occupancy_now,
    peak_occupancy,
    person_seconds,
)
from functions.api.kpi.window import Window
from tests.unit.functions.api.kpi.visits import (
    DAY,
    Visit,
    at,
    cells_of,
    cells_of_visits,
    inside,
    slices_of,
    time_inside,
    visits,
)

SECOND = st.integers(1, int(DAY.seconds) - 1)


@given(visits())
def test_the_curve_is_the_number_of_people_inside_at_every_quarter_hour(people: list[Visit]) -> None:
    for step in day_curve(cells_of_visits(people), [], closed=False):
        second = (step.cell.end - DAY.start).total_seconds()
        assert step.at_end == inside(people, second)


@given(visits(), SECOND)
def test_occupancy_now_is_the_number_of_people_inside_at_any_moment(people: list[Visit], second: int) -> None:
    window = Window(DAY.start, at(second))
    assert occupancy_now([], cells_of_visits(people, window, now=at(second))) == inside(people, second)


@given(visits(), st.integers(0, 95), st.integers(1, 96))
def test_time_average_occupancy_of_any_quarter_hours_is_that_of_the_visits(
    people: list[Visit], first: int, count: int
) -> None:
    start, end = first * 900, min(first + count, 96) * 900
    steps = cut_steps(day_curve(cells_of_visits(people), [], closed=False), Window(at(start), at(end)))
    assert average_occupancy(steps) == pytest.approx(time_inside(people, start, end) / (end - start), abs=1e-9)


@given(visits().filter(bool))
def test_dwell_of_a_complete_day_is_the_mean_length_of_the_visits(people: list[Visit]) -> None:
    mean = sum(v.left - v.came for v in people) / len(people)
    assert complete_dwell(cells_of_visits(people)) == pytest.approx(mean, abs=1e-6)


@given(visits().filter(bool), SECOND)
def test_dwell_so_far_is_the_person_seconds_so_far_per_visitor_so_far(people: list[Visit], second: int) -> None:
    cells = cells_of_visits(people, Window(DAY.start, at(second)), now=at(second))
    came = sum(v.came < second for v in people)
    so_far = dwell_so_far(person_seconds(day_curve(cells, [], closed=False)), came)
    assert so_far == (pytest.approx(time_inside(people, 0, second) / came, abs=1e-6) if came else None)


@given(visits())
def test_a_complete_day_without_missed_crossings_is_not_changed_by_reconciling(people: list[Visit]) -> None:
    cells = cells_of_visits(people)
    for raw, reconciled in zip(day_curve(cells, [], closed=False), day_curve(cells, [], closed=True), strict=True):
        assert reconciled.at_end == pytest.approx(raw.at_end)
        assert reconciled.person_seconds == pytest.approx(raw.person_seconds, abs=1e-6)


@given(st.lists(st.integers(0, 86_399)), st.lists(st.integers(0, 86_399), min_size=1))
def test_a_reconciled_day_ends_empty_whatever_was_missed(ins: list[int], outs: list[int]) -> None:
    steps = day_curve(cells_of(slices_of(ins, outs)), [], closed=True)
    assert steps[-1].at_end == pytest.approx(0, abs=1e-9)


@given(st.lists(st.integers(0, 86_399)), st.lists(st.integers(0, 86_399)), SECOND)
def test_occupancy_is_never_negative_whatever_was_missed(ins: list[int], outs: list[int], second: int) -> None:
    window = Window(DAY.start, at(second))
    cells = cells_of(slices_of(ins, outs, window), window, now=at(second))
    steps = day_curve(cells, [], closed=False)
    assert occupancy_now([], cells) >= 0
    assert (average_occupancy(steps) or 0) >= 0
    assert (peak_occupancy(steps) or 0) >= 0
    assert person_seconds(steps) >= 0


@given(visits(), SECOND, st.integers(0, 50), SECOND)
def test_after_a_reset_occupancy_is_the_reset_plus_who_came_minus_who_left_since(
    people: list[Visit], reset_at: int, occupancy: int, second: int
) -> None:
    reset_at, second = min(reset_at, second), max(reset_at, second) + 1
    window = Window(DAY.start, at(second))
    cells = cells_of_visits(people, window, cuts=[at(reset_at)], now=at(second))
    came = sum(reset_at <= v.came < second for v in people)
    left = sum(reset_at <= v.left < second for v in people)
    assert occupancy_now([Reset(at(reset_at), occupancy)], cells) == max(0, occupancy + came - left)


@given(st.lists(st.integers(0, 86_399), min_size=1), st.lists(st.integers(0, 86_399), min_size=1), SECOND)
def test_a_reconciled_curve_meets_the_count_by_eye_before_it_goes_on(
    ins: list[int], outs: list[int], second: int
) -> None:
    reset = Reset(at(second), occupancy=0)
    cells = cells_of(slices_of(ins, outs, cuts=[reset.at]), cuts=[reset.at])
    before = [step for step in day_curve(cells, [reset], closed=True) if step.cell.start < reset.at]
    if any(step.cell.outs for step in before):
        assert before[-1].at_end == pytest.approx(0, abs=1e-9)


def test_a_day_worked_out_by_hand() -> None:
    # A: 09:00 to 09:30. B: 09:10 to 10:10. C: 09:50 to 10:00. Inside 30 + 60 + 10 = 100 minutes, 3 visits.
    people = [Visit(32_400, 34_200), Visit(33_000, 36_600), Visit(35_400, 36_000)]
    cells = cells_of_visits(people)
    steps = day_curve(cells, [], closed=True)
    nine_to_ten = cut_steps(steps, Window(at(32_400), at(36_000)))
    assert complete_dwell(cells) == pytest.approx(2_000)
    # 09:00-10:00: 30 minutes of A, 50 of B, 10 of C = 90 person-minutes in 60 minutes.
    assert average_occupancy(nine_to_ten) == pytest.approx(1.5)
    assert [step.at_end for step in nine_to_ten] == [2, 2, 1, 2]
    assert peak_occupancy(steps) == 2


@pytest.mark.parametrize("closed", [False, True])
def test_a_count_by_eye_is_the_peak_when_nothing_is_higher(closed: bool) -> None:
    # One came at 09:00. Somebody counts ten at 12:00; all of them leave within the quarter-hour.
    reset = Reset(at(43_200), 10)
    cells = cells_of(slices_of([32_400], [43_300] * 10, cuts=[reset.at]), cuts=[reset.at])
    assert peak_occupancy(day_curve(cells, [reset], closed=closed)) == 10


def test_a_missed_exit_is_shared_out_over_the_day_once_it_is_over() -> None:
    # Four came at 09:00; three of them were seen to leave, at 10:00: OUT is worth 4/3.
    cells = cells_of(slices_of([32_400] * 4, [36_000] * 3))
    open_day, closed_day = (day_curve(cells, [], closed=closed) for closed in (False, True))
    assert open_day[-1].at_end == 1
    assert closed_day[-1].at_end == pytest.approx(0)
    assert person_seconds(closed_day) == pytest.approx(4 * 3_600)


def test_nobody_seen_to_leave_cannot_be_reconciled_and_gives_no_dwell() -> None:
    cells = cells_of(slices_of([32_400] * 4, []))
    assert day_curve(cells, [], closed=True)[-1].at_end == 4
    assert complete_dwell(cells) is None


def test_exits_before_entries_give_no_dwell_rather_than_a_negative_one() -> None:
    assert complete_dwell(cells_of(slices_of([36_000], [32_400]))) is None


def test_dwell_of_several_days_is_weighted_by_their_visitors() -> None:
    assert mean_dwell([(1, 100.0), (3, 500.0), (2, None), (0, None)]) == pytest.approx(400.0)
    assert mean_dwell([(2, None)]) is None


def test_missed_crossings_leave_dwell_and_visitors_within_the_error_of_the_theory() -> None:
    chance = random.Random(7)  # noqa: S311 - a simulation
    seen = 0.9
    people = [
        Visit(came, min(86_399.0, came + chance.expovariate(1 / 900)))
        for came in (chance.uniform(32_400, 64_800) for _ in range(4_000))
    ]
    ins = [v.came for v in people if chance.random() < seen]
    outs = [v.left for v in people if chance.random() < seen]
    cells = cells_of(slices_of(ins, outs))
    truth = sum(v.left - v.came for v in people) / len(people)
    # Each mean is over a random 90 % of the people. Its error against the mean of all of them is that of sampling
    # without replacement: s * sqrt((1 - 0.9) / (0.9 n)); the two are independent.
    spread = _variance([v.came for v in people]) + _variance([v.left for v in people])
    error = (spread * (1 - seen) / (seen * len(people))) ** 0.5
    dwell = complete_dwell(cells)
    assert dwell is not None
    assert abs(dwell - truth) < 4 * error
    assert abs(len(ins) - seen * len(people)) < 4 * (len(people) * seen * (1 - seen)) ** 0.5


def _variance(values: list[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


@given(visits())
def test_steps_adjoin(people: list[Visit]) -> None:
    for one, two in pairwise(day_curve(cells_of_visits(people), [], closed=False)):
        assert one.cell.end == two.cell.start
        assert one.at_end == two.at_start
