"""Which of two regions shows people of a few pixels better."""

from __future__ import annotations

import pytest

from edge_worker.detection.detector import Detections
from edge_worker.line_region.region_choice import RegionChoice
from tests.unit.edge_worker.line_region.test_census import LINE, NOBODY, SIZE, person, walkers


def chosen(in_wide: list[Detections], in_narrow: list[Detections]) -> bool | None:
    choice = RegionChoice(LINE, SIZE)
    for wide, narrow in zip(in_wide, in_narrow, strict=True):
        is_narrow_better = choice.add(wide, narrow)
        if is_narrow_better is not None:
            return is_narrow_better
    return None


@pytest.mark.parametrize(("wide", "narrow", "is_narrow"), [(0.5, 0.6, True), (0.6, 0.5, False), (0.5, 0.5, False)])
def test_the_region_with_the_higher_scores_is_better(wide: float, narrow: float, is_narrow: bool) -> None:
    assert chosen(walkers(36, 20, score=wide), walkers(36, 20, score=narrow)) is is_narrow


def test_somebody_whom_a_region_does_not_show_counts_as_nothing() -> None:
    """The narrow region is surer of those it shows, and shows half of them: 0.4 instead of 0.6."""
    wide, narrow = walkers(36, 20, score=0.6), walkers(36, 20, score=0.8)
    assert chosen(wide, [one if number % 2 else Detections.none() for number, one in enumerate(narrow)]) is False


def test_36_people_are_compared() -> None:
    assert chosen(walkers(35, 20), walkers(35, 20)) is None


@pytest.mark.parametrize(("people", "is_narrow"), [(4, None), (5, True)])
def test_fewer_people_are_enough_at_the_end_of_a_clip(people: int, is_narrow: bool | None) -> None:
    choice = RegionChoice(LINE, SIZE)
    for number in range(people):
        choice.add(Detections.none(), person(number, 20))
    assert choice.finish() is is_narrow


def test_nobody_is_no_result() -> None:
    assert chosen(NOBODY, NOBODY) is None
