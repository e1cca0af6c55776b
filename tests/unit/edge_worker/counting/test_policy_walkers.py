"""The policies with hundreds of simulated walkers, whom the tracker loses and gives other ids now and then."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import TrackObservation
from edge_worker.counting.short_stays import ShortStays
from edge_worker.counting.usual_height import MIN_PEOPLE
from edge_worker.crossing import Crossing
from tests.unit.edge_worker.counting.walkers import (
    TALL,
    Detector,
    Walk,
    count_frames,
    count_walks,
    line,
    observe_walks,
    walk,
)

FPS = 10.0
WALKERS = 500
BETWEEN_S = 2.5
SEEDS = (1, pytest.param(2, marks=pytest.mark.slow))


def walks_of(random: np.random.Generator) -> list[Walk]:
    return [walk(random, int(number * FPS * BETWEEN_S), FPS) for number in range(WALKERS)]


@pytest.mark.parametrize("seed", SEEDS)
def test_children_are_left_out_and_adults_are_not(seed: int) -> None:
    """Adults of 1.55 to 1.95 m, and a third of children of 0.8 to 1.1 m."""
    random = np.random.default_rng(seed)
    walks, are_children = walks_of(random), random.random(WALKERS) < 1 / 3
    shares = np.where(are_children, random.uniform(0.8, 1.1, WALKERS), random.uniform(1.55, 1.95, WALKERS)) / 1.7
    walks = [replace(one, height=TALL * float(share)) for one, share in zip(walks, shares, strict=True)]
    counter = LineCounter(line(), ignore_children=True)
    # The heights that are usual are learnt first, all along the line.
    learnt = 10 * MIN_PEOPLE
    crossings = count_walks(walks, random, Detector(), FPS, counter)
    counted = [(crossing.tracker_id - 1) // 100 for crossing in crossings]
    true, found = {False: 0, True: 0}, {False: 0, True: 0}
    for one, is_child in zip(walks[learnt:], are_children[learnt:], strict=True):
        true[bool(is_child)] += len(one.truth)
    for number in counted:
        found[bool(are_children[number])] += number >= learnt
    assert true[False] > 200
    assert true[True] > 80
    assert abs(found[False] - true[False]) <= 0.02 * true[False]
    assert found[True] <= 0.02 * true[True]


@cache
def frames_of(seed: int) -> list[list[TrackObservation]]:
    random = np.random.default_rng(seed)
    return observe_walks(walks_of(random), random, Detector(), FPS)


def stays_of(seed: int, parameters: CounterParameters | None = None) -> tuple[set[Crossing], set[Crossing]]:
    """The crossings that are left with a shortest stay, and those that should be left, as the walkers are known."""
    crossings = count_frames(frames_of(seed), FPS, LineCounter(line(), parameters))
    crossings.sort(key=lambda crossing: crossing.t)
    by_walker = [replace(crossing, person_id=(crossing.tracker_id - 1) // 100 + 1) for crossing in crossings]
    return _left(crossings), _left(by_walker)


def _left(crossings: list[Crossing]) -> set[Crossing]:
    stays, left = ShortStays(30.0), []
    for crossing in crossings:
        left += stays.update([crossing], crossing.t)
    return {replace(crossing, person_id=0) for crossing in [*left, *stays.finish()]}


@pytest.mark.parametrize("seed", SEEDS)
def test_people_who_come_in_and_go_out_at_once_are_left_out_and_others_are_not(seed: int) -> None:
    """About 80 of 440 crossings are entries and exits of people who stay for less than half a minute."""
    left, expected = stays_of(seed)
    assert 330 < len(expected) < 380
    assert len(left ^ expected) <= 0.05 * len(expected)


def test_a_person_who_comes_where_another_one_went_would_often_be_taken_for_them() -> None:
    left, expected = stays_of(1, replace(CounterParameters(), same_person_distance=10.0, same_person_window_s=10.0))
    assert len(expected - left) > 0.2 * len(expected)
