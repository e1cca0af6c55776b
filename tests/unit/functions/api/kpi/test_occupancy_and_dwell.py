"""Occupancy and dwell, computed from bucket counts, equal those of the visits, for any visits."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.dwell import complete_dwell, dwell_so_far, mean_dwell
from functions.api.kpi.occupancy import (
    Reset,
    average_occupancy,
    occupancy_curve,
    peak_occupancy,
    person_seconds,
    segments_within,
    unmatched_exits,
)
from functions.api.kpi.window import Window
from tests.unit.functions.api.kpi.crossings import Correction, Crossing, corrections, crossings, seconds
from tests.unit.functions.api.kpi.visits import (
    DAY,
    Visit,
    at,
    bucket_counts,
    buckets_of_visits,
    inside,
    observed_buckets,
    time_inside,
    visits,
)

SECOND = st.integers(1, int(DAY.seconds) - 1)


@given(visits())
def test_the_occupancy_curve_is_the_number_of_people_inside_at_every_quarter_hour(people: list[Visit]) -> None:
    for segment in occupancy_curve(buckets_of_visits(people), [], reconcile=False):
        second = (segment.bucket.end - DAY.start).total_seconds()
        assert segment.at_end == inside(people, second)


@given(visits(), st.integers(0, 95), st.integers(1, 96))
def test_time_average_occupancy_of_any_quarter_hours_is_that_of_the_visits(
    people: list[Visit], first: int, count: int
) -> None:
    start, end = first * 900, min(first + count, 96) * 900
    curve = occupancy_curve(buckets_of_visits(people), [], reconcile=False)
    segments = segments_within(curve, Window(at(start), at(end)))
    assert average_occupancy(segments) == pytest.approx(time_inside(people, start, end) / (end - start), abs=1e-9)


@given(visits().filter(bool))
def test_dwell_of_a_complete_day_is_the_mean_length_of_the_visits(people: list[Visit]) -> None:
    mean = sum(v.left - v.came for v in people) / len(people)
    assert complete_dwell(buckets_of_visits(people)) == pytest.approx(mean, abs=1e-6)


@given(visits().filter(bool), SECOND)
def test_dwell_so_far_is_the_person_seconds_so_far_per_visitor_so_far(people: list[Visit], second: int) -> None:
    buckets = buckets_of_visits(people, Window(DAY.start, at(second)), now=at(second))
    entered = sum(v.came < second for v in people)
    so_far = dwell_so_far(person_seconds(occupancy_curve(buckets, [], reconcile=False)), entered)
    assert so_far == (pytest.approx(time_inside(people, 0, second) / entered, abs=1e-6) if entered else None)


@given(visits())
def test_a_complete_day_without_missed_crossings_is_not_changed_by_reconciling(people: list[Visit]) -> None:
    buckets = buckets_of_visits(people)
    curves = (occupancy_curve(buckets, [], reconcile=reconcile) for reconcile in (False, True))
    for as_counted, reconciled in zip(*curves, strict=True):
        assert reconciled.at_end == pytest.approx(as_counted.at_end)
        assert reconciled.person_seconds == pytest.approx(as_counted.person_seconds, abs=1e-6)


@given(st.lists(st.integers(0, 86_399)), st.lists(st.integers(0, 86_399), min_size=1))
def test_a_reconciled_day_ends_empty_when_an_exit_was_matched(ins: list[int], outs: list[int]) -> None:
    segments = occupancy_curve(observed_buckets(bucket_counts(ins, outs)), [], reconcile=True)
    is_matched = unmatched_exits(segments) < len(outs)
    assert segments[-1].at_end == pytest.approx(0 if is_matched else len(ins), abs=1e-9)


@given(st.lists(st.integers(0, 86_399)), st.lists(st.integers(0, 86_399)), SECOND)
def test_occupancy_is_never_negative_whatever_was_missed(ins: list[int], outs: list[int], second: int) -> None:
    window = Window(DAY.start, at(second))
    buckets = observed_buckets(bucket_counts(ins, outs, window), window, now=at(second))
    segments = occupancy_curve(buckets, [], reconcile=False)
    assert all(n >= 0 for segment in segments for n in (segment.at_start, segment.at_end, segment.person_seconds))
    assert (average_occupancy(segments) or 0) >= 0
    assert (peak_occupancy(segments) or 0) >= 0
    assert person_seconds(segments) >= 0


@given(crossings(), corrections(), st.booleans())
def test_the_curve_is_that_of_brute_force_over_the_crossings(
    events: list[Crossing], corrected: list[Correction], reconcile: bool
) -> None:
    resets = [correction.reset for correction in corrected]
    split_at = [reset.at for reset in resets]
    buckets = observed_buckets(
        bucket_counts(seconds(events, "IN"), seconds(events, "OUT"), split_at=split_at), split_at=split_at
    )
    curve = occupancy_curve(buckets, resets, reconcile=reconcile)
    expected = _curve_by_brute_force([segment.bucket for segment in curve], events, corrected, reconcile=reconcile)
    for segment, (at_end, person_s, unmatched) in zip(curve, expected, strict=True):
        assert segment.at_end == pytest.approx(at_end, abs=1e-9)
        assert segment.person_seconds == pytest.approx(person_s, abs=1e-4)
        assert segment.unmatched_exits == unmatched
    if reconcile and not corrected and any(segment.bucket.outs > segment.unmatched_exits for segment in curve):
        assert curve[-1].at_end == pytest.approx(0, abs=1e-9)


def _curve_by_brute_force(
    buckets: list[ObservedBucket], events: list[Crossing], corrected: list[Correction], *, reconcile: bool
) -> list[tuple[float, float, int]]:
    """Return N at the end, the person-seconds and the unmatched exits of each bucket, from single crossings."""
    starts = [0, *(correction.second for correction in corrected)]
    targets = [*(correction.occupancy for correction in corrected), 0]
    found: list[tuple[float, float, int]] = []
    at_start = 0
    for index, target in enumerate(targets):
        end = starts[index + 1] if index + 1 < len(starts) else 86_400
        spans = [
            (begin, (bucket.end - DAY.start).total_seconds())
            for bucket in buckets
            if starts[index] <= (begin := (bucket.start - DAY.start).total_seconds()) < end
        ]
        inside = at_start
        matched: list[int] = []
        for begin, stop in spans:
            within = [event for event in events if begin <= event.second < stop]
            inside += sum(event.direction == "IN" for event in within)
            leave = min(inside, sum(event.direction == "OUT" for event in within))
            inside -= leave
            matched.append(leave)
        came = sum(event.direction == "IN" for event in events if starts[index] <= event.second < end)
        missing = at_start + came - target
        exits = sum(matched)
        scale = missing / exits if reconcile and exits and missing >= 0 else 1.0
        literal = previous = float(at_start)
        for (begin, stop), leave in zip(spans, matched, strict=True):
            entered = [stop - event.second for event in events if begin <= event.second < stop and event.step > 0]
            left = [stop - event.second for event in events if begin <= event.second < stop and event.step < 0]
            literal += len(entered) - scale * leave
            n = max(0.0, literal)
            leaving = previous + len(entered) - n
            rest = left or entered
            time_after_leaving = leaving * sum(rest) / len(rest) if rest else 0.0
            person_s = max(0.0, previous * (stop - begin) + sum(entered) - time_after_leaving)
            found.append((n, person_s, len(left) - leave))
            previous = n
        at_start = target
    return found


def test_exits_of_people_who_came_in_unseen_are_unmatched_and_leave_the_curve_as_it_is() -> None:
    # Three leave at 08:00 who came in unseen; ten come at 09:00, nine of them are seen to leave at 10:00.
    buckets = observed_buckets(bucket_counts([32_400] * 10, [28_800] * 3 + [36_000] * 9))
    curve = occupancy_curve(buckets, [], reconcile=True)
    nine_to_ten = segments_within(curve, Window(at(32_400), at(36_000)))
    assert [segment.at_end for segment in nine_to_ten] == [10, 10, 10, 10]
    assert unmatched_exits(curve) == 3
    assert curve[-1].at_end == pytest.approx(0)
    assert person_seconds(curve) == pytest.approx(10 * 3_600)


def test_scaled_exits_wait_until_somebody_comes_in() -> None:
    # One comes at 09:00 and leaves at 09:30; ten come at 10:00 and none is seen to leave: the exit counts for eleven.
    curve = occupancy_curve(observed_buckets(bucket_counts([32_400] + [36_000] * 10, [34_200])), [], reconcile=True)
    assert min(segment.at_end for segment in curve) == 0
    assert curve[-1].at_end == pytest.approx(0)
    assert person_seconds(curve) == pytest.approx(1_800)


@given(st.lists(st.integers(0, 86_399), min_size=1), st.lists(st.integers(0, 86_399), min_size=1), SECOND)
def test_a_reconciled_curve_meets_the_next_reset(ins: list[int], outs: list[int], second: int) -> None:
    reset = Reset(at(second), occupancy=0)
    buckets = observed_buckets(bucket_counts(ins, outs, split_at=[reset.at]), split_at=[reset.at])
    curve = occupancy_curve(buckets, [reset], reconcile=True)
    before = [segment for segment in curve if segment.bucket.start < reset.at]
    if any(segment.bucket.outs for segment in before):
        assert before[-1].at_end == pytest.approx(0, abs=1e-9)


def test_a_day_worked_out_by_hand() -> None:
    # A: 09:00 to 09:30. B: 09:10 to 10:10. C: 09:50 to 10:00. Inside 30 + 60 + 10 = 100 minutes, 3 visits.
    people = [Visit(32_400, 34_200), Visit(33_000, 36_600), Visit(35_400, 36_000)]
    buckets = buckets_of_visits(people)
    segments = occupancy_curve(buckets, [], reconcile=True)
    nine_to_ten = segments_within(segments, Window(at(32_400), at(36_000)))
    assert complete_dwell(buckets) == pytest.approx(2_000)
    # 09:00-10:00: 30 minutes of A, 50 of B, 10 of C = 90 person-minutes in 60 minutes.
    assert average_occupancy(nine_to_ten) == pytest.approx(1.5)
    assert [segment.at_end for segment in nine_to_ten] == [2, 2, 1, 2]
    assert peak_occupancy(segments) == 2


@pytest.mark.parametrize("reconcile", [False, True])
def test_a_reset_is_the_peak_when_nothing_is_higher(reconcile: bool) -> None:
    # One person came at 09:00. At 12:00 a reset says ten; all of them leave within the quarter-hour.
    reset = Reset(at(43_200), 10)
    buckets = observed_buckets(bucket_counts([32_400], [43_300] * 10, split_at=[reset.at]), split_at=[reset.at])
    assert peak_occupancy(occupancy_curve(buckets, [reset], reconcile=reconcile)) == 10


def test_a_missed_exit_is_distributed_over_the_day_when_it_is_over() -> None:
    # Four came at 09:00; three of them were seen to leave, at 10:00: OUT is scaled by 4/3.
    buckets = observed_buckets(bucket_counts([32_400] * 4, [36_000] * 3))
    as_counted, reconciled = (occupancy_curve(buckets, [], reconcile=reconcile) for reconcile in (False, True))
    assert as_counted[-1].at_end == 1
    assert reconciled[-1].at_end == pytest.approx(0)
    assert person_seconds(reconciled) == pytest.approx(4 * 3_600)


def test_a_day_without_exits_cannot_be_reconciled_and_has_no_dwell() -> None:
    buckets = observed_buckets(bucket_counts([32_400] * 4, []))
    assert occupancy_curve(buckets, [], reconcile=True)[-1].at_end == 4
    assert complete_dwell(buckets) is None


def test_exits_before_entries_give_no_dwell_instead_of_a_negative_one() -> None:
    assert complete_dwell(observed_buckets(bucket_counts([36_000], [32_400]))) is None


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
    buckets = observed_buckets(bucket_counts(ins, outs))
    truth = sum(v.left - v.came for v in people) / len(people)
    # Each mean is over a random 90 % of the people. Its error against the mean of all of them is that of sampling
    # without replacement: s * sqrt((1 - 0.9) / (0.9 n)); the two are independent.
    spread = _variance([v.came for v in people]) + _variance([v.left for v in people])
    error = (spread * (1 - seen) / (seen * len(people))) ** 0.5
    dwell = complete_dwell(buckets)
    assert dwell is not None
    assert abs(dwell - truth) < 4 * error
    assert abs(len(ins) - seen * len(people)) < 4 * (len(people) * seen * (1 - seen)) ** 0.5


def _variance(values: list[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


@given(visits())
def test_segments_adjoin(people: list[Visit]) -> None:
    for one, two in pairwise(occupancy_curve(buckets_of_visits(people), [], reconcile=False)):
        assert one.bucket.end == two.bucket.start
        assert one.at_end == two.at_start
