"""Crossings that a store does not want to have counted."""

from __future__ import annotations

import pytest

from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.person_state import TrackObservation
from edge_worker.counting.policy import CountingPolicy
from edge_worker.counting.short_stays import ShortStays
from edge_worker.counting.usual_height import MIN_PEOPLE, PARTS, UsualHeight
from edge_worker.crossing import Crossing, Direction
from edge_worker.errors import UsageError
from tests.unit.edge_worker.counting.paths import LINE, count, directions, down, unobserved

IN, OUT = Direction.IN, Direction.OUT
ADULT, CHILD = 100.0, 65.0


def entry(t: float, person_id: int = 1) -> Crossing:
    return Crossing(t, round(t * 10), IN, person_id, person_id)


def leaving(t: float, person_id: int = 1) -> Crossing:
    return Crossing(t, round(t * 10), OUT, person_id, person_id)


def times(crossings: list[Crossing]) -> list[tuple[float, str]]:
    return [(crossing.t, crossing.direction.value) for crossing in crossings]


# -- the shortest stay ---------------------------------------------------------------------------------------------


def test_somebody_who_goes_out_again_at_once_is_not_counted_at_all() -> None:
    stays = ShortStays(5.0)
    assert stays.update([entry(1.0)], 1.0) == []
    assert stays.update([leaving(4.0)], 4.0) == []
    assert stays.update([], 60.0) == []
    assert stays.finish() == []


def test_an_entry_is_certain_after_the_shortest_stay_and_keeps_its_time() -> None:
    stays = ShortStays(5.0)
    assert stays.update([entry(1.0)], 1.0) == []
    assert stays.update([], 5.9) == []
    assert times(stays.update([], 6.0)) == [(1.0, "IN")]
    assert times(stays.update([leaving(7.0)], 7.0)) == [(7.0, "OUT")]


def test_an_exit_that_becomes_known_late_counts_by_its_own_time() -> None:
    stays = ShortStays(5.0)
    stays.update([entry(1.0)], 1.0)
    assert stays.update([leaving(4.0)], 6.5) == []


def test_another_person_who_goes_out_does_not_cancel_an_entry() -> None:
    stays = ShortStays(5.0)
    stays.update([entry(1.0, 1)], 1.0)
    assert times(stays.update([leaving(2.0, 2)], 2.0)) == [(2.0, "OUT")]
    assert times(stays.finish()) == [(1.0, "IN")]


def test_somebody_who_hesitates_twice_and_then_stays_is_one_entry() -> None:
    stays = ShortStays(5.0)
    for crossing in (entry(1.0), leaving(2.0), entry(3.0), leaving(4.0), entry(5.0)):
        assert stays.update([crossing], crossing.t) == []
    assert times(stays.update([], 10.0)) == [(5.0, "IN")]


def test_a_longer_stay_also_applies_to_the_entries_that_wait() -> None:
    stays = ShortStays(5.0)
    stays.update([entry(1.0)], 1.0)
    stays.set_min_stay_s(10.0)
    assert stays.update([], 7.0) == []
    assert stays.update([leaving(9.0)], 9.0) == []


def test_without_a_shortest_stay_the_entries_that_wait_are_counted_at_once() -> None:
    stays = ShortStays(5.0)
    stays.update([entry(1.0)], 1.0)
    stays.set_min_stay_s(0.0)
    assert times(stays.update([entry(2.0, 2)], 2.0)) == [(1.0, "IN"), (2.0, "IN")]


def test_by_default_everything_is_counted_at_once() -> None:
    stays = ShortStays(CountingPolicy().min_stay_s)
    assert times(stays.update([entry(1.0)], 1.0)) == [(1.0, "IN")]
    assert times(stays.update([leaving(1.5)], 1.5)) == [(1.5, "OUT")]


def test_a_person_keeps_the_id_when_the_track_changes() -> None:
    before = down(range(380, 601, 20))
    gap = unobserved(len(before) + 3)
    crossings = count(before, [*gap, *down(range(600, 379, -20))])
    assert directions(crossings) == ["IN", "OUT"]
    assert [crossing.tracker_id for crossing in crossings] == [1, 2]
    assert [crossing.person_id for crossing in crossings] == [1, 1]


def test_whoever_comes_in_where_another_one_left_the_picture_is_another_person() -> None:
    """Somebody goes in and leaves the picture at the bottom; soon after somebody comes in there and goes out."""
    first = down(range(380, 701, 20))
    crossings = count(first, [*unobserved(len(first) + 11), *down(range(700, 379, -20))])
    assert directions(crossings) == ["IN", "OUT"]
    assert [crossing.person_id for crossing in crossings] == [1, 2]


@pytest.mark.parametrize("min_stay_s", [-1.0, 61.0, float("nan")])
def test_a_stay_out_of_range_is_refused(min_stay_s: float) -> None:
    with pytest.raises(UsageError, match=r"min_stay_s is .*; it can be 0 \(off\) to 60 seconds"):
        CountingPolicy.checked(min_stay_s, ignore_children=False)


# -- children ------------------------------------------------------------------------------------------------------


def counted(heights: list[float], *, ignore_children: bool = True, xs: list[float] | None = None) -> list[int]:
    """The numbers of the people of these heights who are counted; they cross one after the other."""
    counter, crossings = LineCounter(LINE, ignore_children=ignore_children), []
    for number, height in enumerate(heights):
        x = xs[number] if xs else 500.0
        for step, y in enumerate((400.0, 440.0, 480.0, 520.0, 560.0, 600.0)):
            frame = number * 100 + step
            crossings += counter.update(
                [TrackObservation(number + 1, x, y, height, height / 3)], frame, t=number * 10 + step / 5
            )
    return [crossing.tracker_id - 1 for crossing in crossings]


def test_a_child_is_not_counted_once_the_usual_height_is_known() -> None:
    heights = [ADULT] * MIN_PEOPLE + [CHILD, ADULT]
    assert counted(heights) == [*range(MIN_PEOPLE), MIN_PEOPLE + 1]
    assert counted(heights, ignore_children=False) == list(range(MIN_PEOPLE + 2))


def test_children_are_not_counted_from_the_moment_at_which_that_is_set() -> None:
    counter, counted_ids = LineCounter(LINE), []
    for number, height in enumerate([ADULT] * MIN_PEOPLE + [CHILD] * 3, start=1):
        counter.ignore_children = number == MIN_PEOPLE + 2
        for step, y in enumerate((400.0, 440.0, 480.0, 520.0, 560.0, 600.0)):
            observation = TrackObservation(number, 500.0, y, height, height / 3)
            crossings = counter.update([observation], number * 100 + step, t=number * 10 + step / 5)
            counted_ids += [crossing.tracker_id for crossing in crossings]
    assert counted_ids == [*range(1, MIN_PEOPLE + 2), MIN_PEOPLE + 3]


def test_a_small_adult_is_counted() -> None:
    assert len(counted([ADULT] * MIN_PEOPLE + [0.8 * ADULT])) == MIN_PEOPLE + 1


def test_half_of_the_people_may_be_children() -> None:
    families = [ADULT, CHILD] * MIN_PEOPLE
    assert counted([*families, CHILD, ADULT])[-1] == len(families) + 1
    assert len(families) not in counted([*families, CHILD, ADULT])


def test_adults_at_the_far_end_of_the_line_are_not_children() -> None:
    far, near = LINE[2] * 0.5 / PARTS, LINE[2] * (PARTS - 0.5) / PARTS
    heights = [ADULT] * MIN_PEOPLE + [0.5 * ADULT] * MIN_PEOPLE
    assert len(counted(heights, xs=[near] * MIN_PEOPLE + [far] * MIN_PEOPLE)) == 2 * MIN_PEOPLE


def test_a_position_beyond_an_end_belongs_to_the_part_at_that_end() -> None:
    usual = UsualHeight(1000.0)
    for along in [-5.0, 1010.0] * MIN_PEOPLE:
        usual.add(along, ADULT)
    assert usual.is_child(10.0, CHILD)
    assert usual.is_child(990.0, CHILD)
    assert not usual.is_child(500.0, CHILD)
